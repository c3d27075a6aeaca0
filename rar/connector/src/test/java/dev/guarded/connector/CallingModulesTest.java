// SPDX-License-Identifier: Apache-2.0
package dev.guarded.connector;

import static org.assertj.core.api.Assertions.assertThat;

import dev.guarded.core.spi.Surroundings;
import dev.guarded.lock.event.LeaseEvent;
import dev.guarded.lock.event.LeaseLost;
import dev.guarded.lock.spi.ApplicationGate;
import dev.guarded.lock.spi.LeaseTracker;
import dev.guarded.lock.spi.OpenLease;
import dev.guarded.testkit.Proves;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Hashtable;
import java.util.List;
import javax.naming.Context;
import javax.naming.InitialContext;
import javax.naming.NamingException;
import javax.naming.spi.InitialContextFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Modules of applications, each with a class loader of its own. */
class CallingModulesTest {

    private static final ApplicationGate ENGINE = new ApplicationGate() {
        @Override
        public void openFor(String application) {
            CALLS.add("opened");
        }

        @Override
        public void closeFor(String application) {
            CALLS.add("closed");
        }

        @Override
        public void endLeasesOf(String application) {
            CALLS.add("ended");
        }
    };
    private static final OpenLease LEASE = new OpenLease() {
        @Override
        public String name() {
            return "orders";
        }

        @Override
        public void endWithScope() {
            CALLS.add("ended with scope");
        }
    };
    private static final List<String> CALLS = new ArrayList<>();

    private final ClassLoader before = Thread.currentThread().getContextClassLoader();
    private final Surroundings surroundings = new JtaSurroundings(new TestTransactions());

    @TempDir
    private Path folder;

    /** The application's side. */
    public static final class Tracker implements LeaseTracker {

        /** Creates it as the adapter does. */
        public Tracker() {
            CALLS.add("made");
        }

        @Override
        public void reached(ApplicationGate gate) {
            gate.openFor("shop");
        }

        @Override
        public Runnable opened(OpenLease lease) {
            return () -> CALLS.add("left " + lease.name());
        }

        @Override
        public void happened(LeaseEvent event) {
            CALLS.add("heard of " + event.lockName() + " by "
                    + Thread.currentThread().getContextClassLoader());
        }
    }

    /** Cannot be made. */
    public abstract static class Broken implements LeaseTracker {}

    /** JNDI as far as an application's name is in it. */
    public static final class Naming implements InitialContextFactory {

        @Override
        public Context getInitialContext(Hashtable<?, ?> environment) throws NamingException {
            return new InitialContext(true) {
                @Override
                public Object lookup(String name) {
                    return name.equals("java:app/AppName") ? "shop" : "nothing";
                }
            };
        }
    }

    /** Fails whatever it is asked. */
    public static final class Failing implements LeaseTracker {

        /** Creates it as the adapter does. */
        public Failing() {
            // Its time comes later.
        }

        @Override
        public void reached(ApplicationGate gate) {
            throw new IllegalStateException("no container any more");
        }

        @Override
        public Runnable opened(OpenLease lease) {
            throw new IllegalStateException("no container any more");
        }

        @Override
        public void happened(LeaseEvent event) {
            throw new IllegalStateException("no container any more");
        }
    }

    @BeforeEach
    void forget() {
        CALLS.clear();
        System.setProperty(Context.INITIAL_CONTEXT_FACTORY, Naming.class.getName());
    }

    @AfterEach
    void restore() {
        Thread.currentThread().setContextClassLoader(before);
        System.clearProperty(Context.INITIAL_CONTEXT_FACTORY);
    }

    /** Makes the thread one of a new module's, whose side is the class of that name. */
    private ClassLoader enter(String tracker) throws IOException {
        Path services = Files.createDirectories(folder.resolve("META-INF/services"));
        Files.writeString(services.resolve(LeaseTracker.class.getName()), tracker);
        ClassLoader module = new URLClassLoader(new URL[] {folder.toUri().toURL()}, before);
        Thread.currentThread().setContextClassLoader(module);
        return module;
    }

    @Test
    void everyModuleIsShownTheEngineOnce() throws IOException {
        enter(Tracker.class.getName());
        surroundings.reached(ENGINE);
        surroundings.reached(ENGINE);
        assertThat(CALLS).containsExactly("made", "opened");
        enter(Tracker.class.getName());
        surroundings.reached(ENGINE);
        assertThat(CALLS).containsExactly("made", "opened", "made", "opened");
    }

    @Test
    void openedLeaseIsTrackedByTheModuleOfItsThread() throws IOException {
        enter(Tracker.class.getName());
        Runnable leave = surroundings.opened(LEASE);
        assertThat(leave).isNotNull();
        leave.run();
        assertThat(CALLS).containsExactly("made", "left orders");
    }

    @Test
    void moduleWhoseSideIsAbsentOrBrokenGetsItsLeasesAllTheSame() throws IOException {
        surroundings.reached(ENGINE);
        assertThat(surroundings.opened(LEASE)).isNull();
        enter("com.acme.Absent");
        surroundings.reached(ENGINE);
        assertThat(surroundings.opened(LEASE)).isNull();
        enter(Broken.class.getName());
        surroundings.reached(ENGINE);
        assertThat(surroundings.opened(LEASE)).isNull();
        enter(Failing.class.getName());
        surroundings.reached(ENGINE);
        assertThat(surroundings.opened(LEASE)).isNull();
        Thread.currentThread().setContextClassLoader(null);
        assertThat(surroundings.opened(LEASE)).isNull();
        assertThat(surroundings.application()).isEmpty();
        // Its gate is opened for it: an application of its name may have ended before.
        assertThat(CALLS).containsOnly("opened").hasSize(4);
    }

    @Test
    void applicationIsToldWithTheClassLoaderOfItsModule() throws IOException {
        ClassLoader module = enter(Tracker.class.getName());
        surroundings.reached(ENGINE);
        assertThat(surroundings.application()).isEqualTo("shop");
        Thread.currentThread().setContextClassLoader(before);
        surroundings.happened("another", new LeaseLost("orders", 7, "lost"));
        surroundings.happened("", new LeaseLost("orders", 7, "lost"));
        assertThat(CALLS).containsExactly("made", "opened");
        surroundings.happened("shop", new LeaseLost("orders", 7, "lost"));
        assertThat(CALLS).endsWith("heard of orders by " + module);
        assertThat(Thread.currentThread().getContextClassLoader()).isSameAs(before);
    }

    @Test
    @Proves({"#35", "law 14"})
    void classLoaderOfAModuleThatIsGoneIsCollected() throws IOException {
        WeakReference<ClassLoader> module = new WeakReference<>(enter(Tracker.class.getName()));
        surroundings.reached(ENGINE);
        surroundings.opened(LEASE);
        Thread.currentThread().setContextClassLoader(before);
        for (int i = 0; module.get() != null && i < 100; i++) {
            System.gc();
        }
        assertThat(module.get()).isNull();
    }
}
