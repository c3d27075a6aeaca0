// SPDX-License-Identifier: Apache-2.0
package dev.guarded.connector;

import dev.guarded.lock.event.LeaseEvent;
import dev.guarded.lock.spi.ApplicationGate;
import dev.guarded.lock.spi.LeaseTracker;
import dev.guarded.lock.spi.OpenLease;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.WeakHashMap;
import java.util.function.Function;
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

    /** Spares the callers of one busy module the table, at which they would queue. */
    private volatile Seen lastSeen = new Seen(new WeakReference<>(null), new Module(null));

    private record Seen(WeakReference<ClassLoader> loader, Module module) {}

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

        /** Shows it a lease; returns what its side wants to be told of the lease's end, null if nothing. */
        @Nullable
        Runnable opened(OpenLease lease) {
            return ask(tracker -> tracker.opened(lease));
        }

        /** Whatever is wrong with the application's side must not cost the caller the lease that was granted. */
        private <T> @Nullable T ask(Function<LeaseTracker, @Nullable T> question) {
            try {
                return tracker().map(question).orElse(null);
            } catch (RuntimeException | LinkageError e) {
                LOG.log(System.Logger.Level.WARNING, "GUARDED-0430 An application's lease tracker failed.", e);
                return null;
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
                LOG.log(System.Logger.Level.DEBUG, "GUARDED-0429 " + type.getName() + " cannot be made.", e);
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
        Seen before = lastSeen;
        if (before.loader().refersTo(loader)) {
            return Optional.of(before.module());
        }
        Module module = known.get(loader);
        if (module == null) {
            // Not under the map's lock: loading classes is the server's own business, and may wait.
            Module found = new Module(trackerIn(loader));
            Module other = known.putIfAbsent(loader, found);
            module = other == null ? found : other;
        }
        lastSeen = new Seen(new WeakReference<>(loader), module);
        return Optional.of(module);
    }

    /** Shows a module the engine, unless it has seen it; no thread goes on before that is done. */
    static void show(Module module, ApplicationGate engine) {
        if (module.shown) {
            return;
        }
        Boolean reached = module.ask(tracker -> {
            tracker.reached(engine);
            return true;
        });
        if (reached == null) {
            String application = module.application();
            if (application.isEmpty()) {
                // Asked again: another thread of the module may know whose it is.
                return;
            }
            // Nobody on its side will: the gate may have been shut when an application of that name ended. If it is
            // this one that ends, its own modules shut it once more when they are through.
            engine.openFor(application);
        }
        module.shown = true;
    }

    /** Tells an application of an event, with the class loader of one of its modules; whoever has ended hears nothing. */
    void tell(String application, LeaseEvent event) {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        for (Map.Entry<ClassLoader, Module> module : modulesOf(application)) {
            Optional<LeaseTracker> tracker = module.getValue().tracker();
            if (tracker.isPresent()) {
                thread.setContextClassLoader(module.getKey());
                try {
                    tracker.get().happened(event);
                } finally {
                    thread.setContextClassLoader(before);
                }
                // Its modules have one container, which tells everybody in it.
                return;
            }
        }
    }

    private List<Map.Entry<ClassLoader, Module>> modulesOf(String application) {
        List<Map.Entry<ClassLoader, Module>> modules = new ArrayList<>();
        synchronized (known) {
            known.forEach((loader, module) -> {
                if (!application.isEmpty() && module.application.equals(application)) {
                    modules.add(Map.entry(loader, module));
                }
            });
        }
        return modules;
    }

    private static @Nullable Class<? extends LeaseTracker> trackerIn(ClassLoader loader) {
        try {
            return ServiceLoader.load(LeaseTracker.class, loader).stream()
                    .findFirst()
                    .<Class<? extends LeaseTracker>>map(ServiceLoader.Provider::type)
                    .orElse(null);
        } catch (ServiceConfigurationError | LinkageError e) {
            // Another copy of the api, or half of a class path: such an application looks after its leases itself.
            LOG.log(System.Logger.Level.DEBUG, "GUARDED-0429 An application's lease tracker cannot be used.", e);
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
