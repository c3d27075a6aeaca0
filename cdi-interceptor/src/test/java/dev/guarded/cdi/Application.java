// SPDX-License-Identifier: Apache-2.0
package dev.guarded.cdi;

import dev.guarded.testkit.TestNaming;
import java.lang.annotation.Annotation;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.jboss.weld.environment.se.Weld;
import org.jboss.weld.environment.se.WeldContainer;

/**
 * A deployed application: some beans, and our archive as Weld finds it on the class path. What it logs is kept.
 */
final class Application implements AutoCloseable {

    private static final Logger LOCK_LOG = Logger.getLogger("dev.guarded.lock");

    private final List<String> logged = new CopyOnWriteArrayList<>();
    private final Handler handler = new Handler() {
        @Override
        public void publish(LogRecord entry) {
            logged.add(entry.getLevel() + " " + entry.getMessage());
        }

        @Override
        public void flush() {
            // Nothing is buffered.
        }

        @Override
        public void close() {
            // Nothing is open.
        }
    };
    private final WeldContainer container;

    private Application(Class<?>... beans) {
        LOCK_LOG.setLevel(Level.FINE);
        LOCK_LOG.addHandler(handler);
        try {
            this.container = new Weld().addBeanClasses(beans).initialize();
        } catch (RuntimeException e) {
            LOCK_LOG.removeHandler(handler);
            throw e;
        }
    }

    /** Deploys an application whose adapter is bound where WildFly binds it. */
    static Application deploy(TestAdapter adapter, Class<?>... beans) {
        TestNaming.install();
        TestNaming.BOUND.put("java:/eis/LockManager", adapter.locks());
        return new Application(beans);
    }

    /** Deploys an application without an adapter. */
    static Application deploy(Class<?>... beans) {
        TestNaming.install();
        return new Application(beans);
    }

    <T> T bean(Class<T> type, Annotation... qualifiers) {
        return container.select(type, qualifiers).get();
    }

    boolean has(Class<?> type, Annotation... qualifiers) {
        return container.select(type, qualifiers).isResolvable();
    }

    List<String> logged() {
        return logged;
    }

    List<String> warnings() {
        return logged.stream().filter(entry -> entry.startsWith("WARNING")).toList();
    }

    @Override
    public void close() {
        LOCK_LOG.removeHandler(handler);
        TestNaming.BOUND.clear();
        if (container.isRunning()) {
            container.shutdown();
        }
    }
}
