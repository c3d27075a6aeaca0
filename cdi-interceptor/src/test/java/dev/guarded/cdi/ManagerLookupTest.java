// SPDX-License-Identifier: Apache-2.0
package dev.guarded.cdi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.guarded.lock.LockManager;
import dev.guarded.testkit.TestNaming;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import java.net.URL;
import java.net.URLClassLoader;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ManagerLookupTest {

    private final TestAdapter adapter = new TestAdapter(Duration.ofSeconds(5));
    private final TestAdapter other = new TestAdapter(Duration.ofSeconds(5));
    private final Application application = Application.deploy(Work.class);

    @ApplicationScoped
    public static class Work {

        @Guarded("work")
        public String run() {
            return "ran";
        }
    }

    @AfterEach
    void close() {
        System.clearProperty("guarded.jndi-name");
        application.close();
        adapter.close();
        other.close();
    }

    private String run() {
        return application.bean(Work.class).run();
    }

    @Test
    void applicationDeploysBeforeItsAdapterAndFindsItLater() {
        assertThatThrownBy(this::run)
                .isExactlyInstanceOf(IllegalStateException.class)
                .hasMessage("GUARDED-0513 No LockManager was found. Deploy the adapter, or configure guarded.jndi-name."
                        + " Tried:"
                        + "\n- java:comp/env/LockManager: NameNotFoundException java:comp/env/LockManager is not bound"
                        + "\n- java:app/LockManager: NameNotFoundException java:app/LockManager is not bound"
                        + "\n- eis/LockManager: NameNotFoundException eis/LockManager is not bound"
                        + "\n- java:/eis/LockManager: NameNotFoundException java:/eis/LockManager is not bound");
        TestNaming.BOUND.put("java:/eis/LockManager", adapter.locks());
        assertThat(run()).isEqualTo("ran");
        TestNaming.BOUND.clear();
        assertThat(run()).isEqualTo("ran");
    }

    @Test
    void nameOfTheModuleComesFirst() {
        TestNaming.BOUND.put("java:/eis/LockManager", other.locks());
        TestNaming.BOUND.put("java:comp/env/LockManager", adapter.locks());
        ManagerLookup lookup = new ManagerLookup();
        assertThat(lookup.manager()).isSameAs(adapter.locks());
        TestNaming.BOUND.remove("java:comp/env/LockManager");
        TestNaming.BOUND.put("java:app/LockManager", adapter.locks());
        assertThat(new ManagerLookup().manager()).isSameAs(adapter.locks());
    }

    @Test
    void configuredNameIsTheOnlyOne() {
        System.setProperty("guarded.jndi-name", "java:/locks/second");
        TestNaming.BOUND.put("java:/eis/LockManager", other.locks());
        assertThatThrownBy(this::run)
                .hasMessage("GUARDED-0513 No LockManager was found under guarded.jndi-name. Deploy the adapter, or"
                        + " configure guarded.jndi-name. Tried:"
                        + "\n- java:/locks/second: NameNotFoundException java:/locks/second is not bound");
        TestNaming.BOUND.put("java:/locks/second", adapter.locks());
        assertThat(new ManagerLookup().manager()).isSameAs(adapter.locks());
    }

    @Test
    void everyModuleHasItsOwn() throws Exception {
        ManagerLookup lookup = new ManagerLookup();
        TestNaming.BOUND.put("java:comp/env/LockManager", adapter.locks());
        assertThat(lookup.manager()).isSameAs(adapter.locks());
        TestNaming.BOUND.put("java:comp/env/LockManager", other.locks());
        ClassLoader before = Thread.currentThread().getContextClassLoader();
        try (URLClassLoader module = new URLClassLoader(new URL[0], before)) {
            Thread.currentThread().setContextClassLoader(module);
            assertThat(lookup.manager()).isSameAs(other.locks());
        } finally {
            Thread.currentThread().setContextClassLoader(before);
        }
        assertThat(lookup.manager()).isSameAs(adapter.locks());
    }

    @Test
    void whatIsBoundInsteadIsNamed() {
        TestNaming.BOUND.put("eis/LockManager", "a text");
        assertThatThrownBy(this::run)
                .hasMessageContaining("\n- eis/LockManager: a java.lang.String, which is no LockManager");
    }

    @Test
    void apiLoadedTwiceIsExplained() throws Exception {
        URL api = LockManager.class.getProtectionDomain().getCodeSource().getLocation();
        try (URLClassLoader archive = new URLClassLoader(new URL[] {api}, ClassLoader.getPlatformClassLoader())) {
            Class<?> theirs = archive.loadClass(LockManager.class.getName());
            Object bound =
                    java.lang.reflect.Proxy.newProxyInstance(archive, new Class<?>[] {theirs}, (p, m, a) -> "theirs");
            TestNaming.BOUND.put("eis/LockManager", bound);
            assertThatThrownBy(this::run)
                    .hasMessageContaining(
                            "\n- eis/LockManager: a LockManager of another class loader. guarded-api is in"
                                    + " the application and in the adapter; leave it out of the application, or deploy"
                                    + " guarded-embedded.rar within the EAR");
        }
    }

    @ApplicationScoped
    public static class OwnManager {

        private static TestAdapter mine;

        @Produces
        LockManager locks() {
            return mine.locks();
        }
    }

    @Test
    void beanOfTheApplicationIsUsedWithoutJndi() {
        OwnManager.mine = other;
        try (Application own = Application.deploy(Work.class, OwnManager.class)) {
            own.bean(Work.class).run();
            assertThat(own.bean(LockManager.class)).isSameAs(other.locks());
        }
    }
}
