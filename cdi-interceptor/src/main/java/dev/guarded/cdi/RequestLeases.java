// SPDX-License-Identifier: Apache-2.0
package dev.guarded.cdi;

import dev.guarded.lock.spi.OpenLease;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The leases that one request has taken and not closed. */
class RequestLeases {

    private static final System.Logger LOG = System.getLogger("dev.guarded.lock");

    private final Set<OpenLease> open = ConcurrentHashMap.newKeySet();

    /** Notes a lease; returns how to forget it. */
    Runnable opened(OpenLease lease) {
        open.add(lease);
        return () -> open.remove(lease);
    }

    /** Ends what is still open, because the request is over. What a transaction still needs is its own affair. */
    void end() {
        for (OpenLease lease : open) {
            LOG.log(
                    System.Logger.Level.INFO,
                    "GUARDED-0518 A request has ended and left a lease of lock '" + lease.name()
                            + "' open; it ends now, or with its transaction. Acquire leases in the head of a try block,"
                            + " or detach those that are to outlive their request.");
            lease.endWithScope();
        }
    }
}
