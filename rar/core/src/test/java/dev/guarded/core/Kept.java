// SPDX-License-Identifier: Apache-2.0
package dev.guarded.core;

import dev.guarded.lock.Lease;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Keeps leases for which a test has no further use. What the collector finds is a leaked lease to the engine, which then
 * is not renewed any more, whenever that may happen.
 */
final class Kept {

    private static final Queue<Lease> LEASES = new ConcurrentLinkedQueue<>();

    private Kept() {}

    /** Keeps a lease until the tests end; returns it. */
    static Lease alive(Lease lease) {
        LEASES.add(lease);
        return lease;
    }
}
