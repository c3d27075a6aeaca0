// SPDX-License-Identifier: Apache-2.0
package dev.guarded.cdi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.guarded.lock.LockManager;
import dev.guarded.testkit.Proves;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.SessionScoped;
import jakarta.enterprise.inject.Stereotype;
import jakarta.inject.Inject;
import jakarta.interceptor.AroundInvoke;
import jakarta.interceptor.AroundTimeout;
import jakarta.interceptor.Interceptor;
import jakarta.interceptor.InvocationContext;
import java.io.Serializable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.reflect.Method;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class WhereGuardedIsWrittenTest {

    private static TestAdapter adapter;
    private static Application application;

    @Guarded("of class")
    @ApplicationScoped
    public static class Ledger {

        @Inject
        LockManager locks;

        public boolean holds(String name) {
            return locks.requireHeld(name).isHeld();
        }

        @Guarded("of method")
        public boolean holdsByMethod(String name) {
            return locks.requireHeld(name).isHeld();
        }
    }

    @ApplicationScoped
    @Big
    public static class BigLedger extends Ledger {}

    @Retention(RetentionPolicy.RUNTIME)
    @jakarta.inject.Qualifier
    public @interface Big {}

    @Guarded("of stereotype")
    @Stereotype
    @Retention(RetentionPolicy.RUNTIME)
    public @interface Careful {}

    @Careful
    @ApplicationScoped
    public static class Cautious {

        @Inject
        LockManager locks;

        public boolean holds(String name) {
            return locks.requireHeld(name).isHeld();
        }
    }

    @Careful
    @Stereotype
    @Retention(RetentionPolicy.RUNTIME)
    public @interface MoreCareful {}

    @MoreCareful
    @ApplicationScoped
    public static class MoreCautious extends Cautious {}

    @Guarded("of #{nobody}")
    @Stereotype
    @Retention(RetentionPolicy.RUNTIME)
    public @interface Careless {}

    @Careless
    @ApplicationScoped
    public static class Incautious {

        public void work(String p) {}
    }

    @SessionScoped
    public static class Cart implements Serializable {

        private static final long serialVersionUID = 1L;

        @Guarded("cart")
        public void add() {}
    }

    @BeforeAll
    static void deploy() {
        adapter = new TestAdapter(Duration.ofSeconds(20));
        application = Application.deploy(adapter, Ledger.class, BigLedger.class, Cautious.class, Cart.class);
    }

    @AfterAll
    static void close() {
        application.close();
        adapter.close();
    }

    @Test
    void classGuardsItsMethods() {
        assertThat(application.bean(Ledger.class).holds("of class")).isTrue();
    }

    @Test
    void methodWinsOverClass() {
        Ledger ledger = application.bean(Ledger.class);
        assertThat(ledger.holdsByMethod("of method")).isTrue();
        assertThatThrownBy(() -> ledger.holdsByMethod("of class")).hasMessageContaining("GUARDED-0106");
    }

    @Test
    void subclassIsGuardedAsItsSuperclass() throws Exception {
        BigLedger ledger = application.bean(BigLedger.class, BigLedger.class.getAnnotation(Big.class));
        assertThat(ledger.holds("of class")).isTrue();
    }

    @Test
    void stereotypeGuards() {
        assertThat(application.bean(Cautious.class).holds("of stereotype")).isTrue();
    }

    @Test
    void stereotypeThatBearsAnotherGuardsToo() {
        try (Application deployed = Application.deploy(adapter, MoreCautious.class)) {
            assertThat(deployed.bean(MoreCautious.class).holds("of stereotype")).isTrue();
        }
    }

    @Test
    void stereotypeIsCheckedAtDeployment() {
        assertThatThrownBy(() -> Application.deploy(adapter, Incautious.class))
                .hasMessageContaining("Incautious.work(String): GUARDED-0502 #{nobody} begins with 'nobody'");
    }

    @Test
    void timersAreGuardedAsCallsAre() throws Exception {
        Method around = GuardedInterceptor.class.getDeclaredMethod("around", InvocationContext.class);
        assertThat(around.isAnnotationPresent(AroundInvoke.class)).isTrue();
        assertThat(around.isAnnotationPresent(AroundTimeout.class)).isTrue();
    }

    @Test
    @Proves({"#19", "law 12"})
    void lockIsOutsideTheTransactionOfATransactionalBean() {
        assertThat(GuardedInterceptor.class.getAnnotation(Priority.class).value())
                .isLessThan(Interceptor.Priority.PLATFORM_BEFORE + 200);
    }
}
