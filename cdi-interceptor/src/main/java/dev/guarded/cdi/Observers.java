// SPDX-License-Identifier: Apache-2.0
package dev.guarded.cdi;

import dev.guarded.lock.event.LeaseEvent;
import jakarta.enterprise.inject.spi.BeanManager;
import org.jspecify.annotations.Nullable;

/**
 * Those who observe what happens to leases. They are told asynchronously: the news comes on a thread of the adapter's,
 * which has no request scope and other work to do, and an asynchronous observer gets a thread and a scope of its own.
 */
final class Observers {

    private static final System.Logger LOG = System.getLogger("dev.guarded.lock");

    private final OwnContext context = new OwnContext();
    private volatile @Nullable BeanManager beans;

    void begin(BeanManager manager) {
        beans = manager;
    }

    /** Notes that the current thread starts the application, or a module of its. */
    void started() {
        context.capture();
    }

    void end() {
        context.forget();
        beans = null;
    }

    void tell(LeaseEvent event) {
        BeanManager manager = beans;
        if (manager != null) {
            // What the containers hand on to the observers' threads is the context in which it is told.
            context.run(() -> tell(event, manager));
        }
    }

    private static void tell(LeaseEvent event, BeanManager manager) {
        manager.getEvent().fireAsync(event).whenComplete((told, failure) -> {
            if (failure != null) {
                LOG.log(
                        System.Logger.Level.WARNING,
                        "GUARDED-0520 An observer failed to take in: " + event.message(),
                        failure);
            }
        });
    }
}
