// SPDX-License-Identifier: Apache-2.0
package dev.guarded.cdi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.guarded.lock.Reach;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Alternative;
import jakarta.enterprise.inject.Specializes;
import org.junit.jupiter.api.Test;

/** Methods that guard one lock, and beans that are not in use. */
class AgreementTest {

    @ApplicationScoped
    public static class Jobs {

        @Guarded(value = "nightly", atLeastFor = "1m")
        public void scheduled() {}

        @Guarded("nightly")
        public void byHand() {}

        @Guarded(
                value = {"report", "other"},
                leaseTime = "10s")
        public void report() {}

        @Guarded(value = "report", leaseTime = "20s", reach = Reach.LOCAL)
        public void otherReport() {}
    }

    @ApplicationScoped
    public static class Agreeing {

        @Guarded(value = "nightly", atLeastFor = "1m")
        public void scheduled() {}

        @Guarded(value = "nightly", atLeastFor = "60s", leaseTime = "10s")
        public void byHand() {}

        @Guarded(value = "nightly", leaseTime = "20s", adapter = "java:/eis/Other")
        public void elsewhere() {}

        @Guarded(value = "#{p0}", leaseTime = "40s")
        public void any(String name) {}

        @Guarded(value = "#{p0}", leaseTime = "50s")
        public void anyOther(String name) {}
    }

    /** No bean; what it writes does not count where it is overridden. */
    public abstract static class Base {

        @Guarded(value = "inherited", leaseTime = "1m")
        public void run() {}
    }

    @ApplicationScoped
    public static class Derived extends Base {

        @Override
        @Guarded(value = "inherited", leaseTime = "2m")
        public void run() {}
    }

    @ApplicationScoped
    public static class Real {

        @Guarded(value = "special", leaseTime = "1m")
        public void work() {}
    }

    @Specializes
    public static class Special extends Real {

        @Override
        @Guarded(value = "special", leaseTime = "2m")
        public void work() {}
    }

    @Alternative
    @ApplicationScoped
    public static class NotSelected {

        @Guarded("#{nobody.knows}")
        public void work() {}
    }

    @Test
    void differentSettingsOfOneLockFailTheDeployment() {
        String at = Jobs.class.getName();
        assertThatThrownBy(() -> Application.deploy(Jobs.class))
                .hasMessageContaining("in 2 places")
                .hasMessageContaining(
                        at + ".scheduled(): GUARDED-0523 The lock 'nightly' has atLeastFor PT1M here and PT0S" + " at "
                                + at + ".byHand(). A lock has one")
                .hasMessageContaining(
                        at + ".report(): GUARDED-0523 The lock 'report' has leaseTime PT10S here and PT20S" + " at "
                                + at + ".otherReport().");
    }

    @Test
    void whatAgreesOrIsNotKnownBeforeTheCallIsDeployed() {
        try (Application application = Application.deploy(Agreeing.class)) {
            assertThat(application.warnings()).isEmpty();
        }
    }

    @Test
    void methodsThatNoCallComesToAreNotCompared() {
        try (Application application = Application.deploy(Base.class, Derived.class, Real.class, Special.class)) {
            assertThat(application.warnings()).isEmpty();
        }
    }

    @Test
    void alternativeThatIsNotSelectedIsNotChecked() {
        try (Application application = Application.deploy(Agreeing.class, NotSelected.class)) {
            assertThat(application.logged()).contains("INFO GUARDED-0517 @Guarded is ready, guarded methods: 5.");
        }
    }
}
