// SPDX-License-Identifier: Apache-2.0
package dev.guarded.core;

import dev.guarded.core.spi.Ticker;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Grants a lock of reach LOCAL to whoever is at the head of the queue of this JVM. */
final class LocalContention implements Contention {

    private final Ticker ticker;
    private final StoreKey key;
    private final AtomicLong fences;
    private volatile boolean kept;
    private volatile long keptUntil;

    /**
     * Creates the lock's source.
     *
     * @param fences numbers the leases of all LOCAL locks of the engine, so that each lock's numbers rise
     */
    LocalContention(Ticker ticker, StoreKey key, AtomicLong fences) {
        this.ticker = ticker;
        this.key = key;
        this.fences = fences;
    }

    @Override
    public @Nullable Hold atOnce(long now) {
        if (kept) {
            if (keptUntil - now > 0) {
                return null;
            }
            kept = false;
        }
        return new LocalHold(this);
    }

    @Override
    public Step step(Waiter waiter) {
        long now = ticker.nanos();
        Hold hold = atOnce(now);
        if (hold != null) {
            return new Got(hold);
        }
        return waiter.tryOnly() ? new Refused() : new Wait(Math.max(1, keptUntil - now));
    }

    @Override
    public void abandon() {
        // Nothing was asked of anybody.
    }

    @Override
    public void cancel() {
        // Nothing was asked of anybody.
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

    void keepTaken(long nanos) {
        keptUntil = ticker.nanos() + nanos;
        kept = true;
    }
}
