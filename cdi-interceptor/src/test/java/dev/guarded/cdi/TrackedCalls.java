// SPDX-License-Identifier: Apache-2.0
package dev.guarded.cdi;

import dev.guarded.core.spi.Surroundings;
import dev.guarded.lock.event.LeaseEvent;
import dev.guarded.lock.spi.ApplicationGate;
import dev.guarded.lock.spi.LeaseTracker;
import dev.guarded.lock.spi.OpenLease;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;

/** Surroundings that find the application's side as the adapter does, for an application called shop. */
class TrackedCalls implements Surroundings {

    private static LeaseTracker tracker() {
        return ServiceLoader.load(LeaseTracker.class).findFirst().orElseThrow();
    }

    @Override
    public String application() {
        return "shop";
    }

    @Override
    public void reached(ApplicationGate engine) {
        tracker().reached(engine);
    }

    @Override
    public void happened(String application, LeaseEvent event) {
        tracker().happened(event);
    }

    @Override
    public @Nullable Runnable opened(OpenLease lease) {
        return tracker().opened(lease);
    }
}
