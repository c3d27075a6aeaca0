// SPDX-License-Identifier: Apache-2.0
package dev.guarded.connector;

import dev.guarded.lock.spi.ApplicationGate;
import dev.guarded.lock.spi.LeaseTracker;
import java.lang.ref.WeakReference;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.WeakHashMap;
import javax.naming.InitialContext;
import javax.naming.NamingException;
import org.jspecify.annotations.Nullable;

/**
 * The modules of applications that call, each known by the class loader of its threads. Weakly: the loader is what an
 * undeployed application leaves behind, and nothing kept here leads back to it.
 */
final class CallingModules {

    private static final System.Logger LOG = System.getLogger("dev.guarded.adapter");

    private final Map<ClassLoader, Module> known = Collections.synchronizedMap(new WeakHashMap<>());

    /** What is known of one module. */
    static final class Module {

        private final @Nullable WeakReference<Class<? extends LeaseTracker>> tracker;
        private volatile String application = "";
        private volatile boolean shown;

        private Module(@Nullable Class<? extends LeaseTracker> tracker) {
            this.tracker = tracker == null ? null : new WeakReference<>(tracker);
        }

        /** Returns the name of its application, empty if the server does not tell it. */
        String application() {
            if (application.isEmpty()) {
                // A failure is not kept: a thread without a naming context may run a named application's code.
                application = applicationName();
            }
            return application;
        }

        /** Shows it the engine, unless it has seen it; no thread goes on before that is done. */
        void show(ApplicationGate engine) {
            if (!shown) {
                tracker().ifPresent(tracker -> tracker.reached(engine));
                shown = true;
            }
        }

        /** Returns a new object of its side, empty if it has none. */
        Optional<LeaseTracker> tracker() {
            Class<? extends LeaseTracker> type = tracker == null ? null : tracker.get();
            if (type == null) {
                return Optional.empty();
            }
            try {
                return Optional.of(type.getConstructor().newInstance());
            } catch (ReflectiveOperationException e) {
                LOG.log(System.Logger.Level.DEBUG, "GUARDED-0416 " + type.getName() + " cannot be made.", e);
                return Optional.empty();
            }
        }
    }

    /** Returns the module whose class loader is the current thread's, empty if it has none. */
    Optional<Module> ofThread() {
        ClassLoader loader = Thread.currentThread().getContextClassLoader();
        if (loader == null) {
            return Optional.empty();
        }
        Module module = known.get(loader);
        if (module == null) {
            // Not under the map's lock: loading classes is the server's own business, and may wait.
            Module found = new Module(trackerIn(loader));
            Module other = known.putIfAbsent(loader, found);
            module = other == null ? found : other;
        }
        return Optional.of(module);
    }

    private static @Nullable Class<? extends LeaseTracker> trackerIn(ClassLoader loader) {
        try {
            return ServiceLoader.load(LeaseTracker.class, loader).stream()
                    .findFirst()
                    .<Class<? extends LeaseTracker>>map(ServiceLoader.Provider::type)
                    .orElse(null);
        } catch (ServiceConfigurationError | LinkageError e) {
            // Another copy of the api, or half of a class path: such an application looks after its leases itself.
            LOG.log(System.Logger.Level.DEBUG, "GUARDED-0416 An application's lease tracker cannot be used.", e);
            return null;
        }
    }

    @SuppressWarnings("BanJNDI") // a constant name of the server's own
    private static String applicationName() {
        try {
            return String.valueOf(InitialContext.<Object>doLookup("java:app/AppName"));
        } catch (NamingException notAComponent) {
            return "";
        }
    }
}
