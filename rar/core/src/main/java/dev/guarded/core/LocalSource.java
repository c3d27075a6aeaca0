// SPDX-License-Identifier: Apache-2.0
package dev.guarded.core;

import dev.guarded.core.spi.Sharing;
import dev.guarded.core.spi.Ticker;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Where the rights to a lock of reach LOCAL come from: its queue alone decides who has it.
 *
 * @param ticker the clock
 * @param key the lock
 * @param fences numbers the leases of all LOCAL locks of the engine, so that each lock's numbers rise
 */
record LocalSource(Ticker ticker, StoreKey key, AtomicLong fences) implements Source {

    @Override
    public Hold atOnce() {
        return new LocalHold(this);
    }

    @Override
    public Contention ask(LockQueue queue, Sharing sharing) {
        throw new IllegalStateException("who is first where the queue is open has the right at once");
    }

    long maxHoldNanos() {
        return key.maxHold().toNanos();
    }

    long leaseFromNow() {
        return ticker.nanos() + key.leaseTime().toNanos();
    }

    long nextFence() {
        return fences.incrementAndGet();
    }
}
