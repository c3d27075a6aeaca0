// SPDX-License-Identifier: Apache-2.0
package dev.guarded.lock.spi;

import dev.guarded.lock.event.LeaseEvent;
import org.jspecify.annotations.Nullable;

/**
 * The side of an application: told of what its threads acquire, so that it ends with its request and its application. A
 * public class with a public constructor without parameters; an object of it is made for each call and not kept.
 */
public interface LeaseTracker {

    /**
     * Takes note of an engine. Called by a thread of the application before it acquires something there for the first
     * time; at least once for each of its class loaders.
     *
     * @param gate the engine's door
     */
    void reached(ApplicationGate gate);

    /**
     * Takes note of a lease that the application's code has to close. Called by the thread that acquired it.
     *
     * @param lease the lease
     * @return what to run once it is closed or detached, by any thread; null if no request is running, so that nobody
     *     ends it
     */
    @Nullable
    Runnable opened(OpenLease lease);

    /**
     * Takes note of something that happened to a lease of the application's. Called by a thread of the adapter's that has
     * the application's class loader.
     *
     * @param event what happened
     */
    void happened(LeaseEvent event);
}
