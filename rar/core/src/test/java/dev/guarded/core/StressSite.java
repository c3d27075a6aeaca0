// SPDX-License-Identifier: Apache-2.0
package dev.guarded.core;

import dev.guarded.core.spi.Scheduler;
import dev.guarded.core.spi.Surroundings;
import dev.guarded.core.spi.Ticker;
import dev.guarded.lock.Lease;
import dev.guarded.lock.LeaseLostException;
import dev.guarded.lock.LockSettings;
import dev.guarded.lock.NamedLock;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The one engine of a stressed JVM. It has no thread of its own: what it would do in the background is done by the
 * actor that caused it, or never, so that a state has ended when its actors have.
 */
final class StressSite {

    static final LockSettings LOCAL = LockSettings.local();
    static final LockSettings CLUSTER = LockSettings.cluster();

    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final AtomicLong NAMES = new AtomicLong();
    private static final MemoryStore STORE = new MemoryStore(Ticker.SYSTEM);
    private static final LockEngine ENGINE = LockEngine.open(
            EngineSettings.defaults("stressed"),
            new MemoryNode(STORE),
            new Nobody(),
            Ticker.SYSTEM,
            Surroundings.PLAIN);

    private StressSite() {}

    private static final class Nobody implements Scheduler {

        @Override
        public void execute(Runnable task) {
            task.run();
        }

        @Override
        public Scheduled schedule(Runnable task, Duration delay) {
            return () -> {};
        }

        @Override
        public void runLong(String name, Runnable loop) {
            throw new IllegalStateException("nothing here loops, " + name + " neither");
        }
    }

    /** Returns a lock that nobody has used. */
    static NamedLock lock(LockSettings settings) {
        return ENGINE.getOrCreateLock("stressed:" + NAMES.incrementAndGet(), settings);
    }

    /** Waits for a lease as long as it takes. */
    static Lease wait(NamedLock lock) {
        return lock.acquire(PATIENCE);
    }

    /** Takes a lock away at the store. */
    static void lose(NamedLock lock) {
        STORE.lose(lock.name());
    }

    /** Returns whether the store has neither a holder nor a place in the queue. */
    static boolean isFree(NamedLock lock) {
        var stored = STORE.inspect(lock.name());
        return stored.holders().isEmpty() && stored.queued() == 0;
    }

    /** Renews, and returns whether the lease was still there. */
    static boolean renewed(Lease lease) {
        try {
            lease.renew();
            return true;
        } catch (LeaseLostException over) {
            return false;
        }
    }
}
