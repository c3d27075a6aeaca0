// SPDX-License-Identifier: Apache-2.0
package dev.guarded.cdi;

import dev.guarded.lock.event.LeaseEvent;
import dev.guarded.lock.spi.ApplicationGate;
import dev.guarded.lock.spi.LeaseTracker;
import dev.guarded.lock.spi.OpenLease;
import org.jspecify.annotations.Nullable;

/**
 * The application's side of law "a lease ends with its scope": the adapter finds it in the application's class path, so
 * that leases are tracked however their manager was found.
 */
public final class ApplicationTracker implements LeaseTracker {

    /** Creates the tracker for one call of the adapter's. */
    public ApplicationTracker() {
        // What is to be remembered belongs to the application.
    }

    @Override
    public void reached(ApplicationGate gate) {
        Guarding.ofThread().ifPresent(application -> application.gates().reached(gate));
    }

    @Override
    public @Nullable Runnable opened(OpenLease lease) {
        return Guarding.ofThread()
                .flatMap(application -> application.requests().current())
                .map(request -> request.opened(lease))
                .orElse(null);
    }

    @Override
    public void happened(LeaseEvent event) {
        Guarding.ofThread().ifPresent(application -> application.observers().tell(event));
    }
}
