// SPDX-License-Identifier: Apache-2.0
package dev.guarded.core;

import dev.guarded.core.spi.Scheduler.Scheduled;
import dev.guarded.core.spi.Ticker;
import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** Runs one action at the earliest of the moments asked for; never twice at the same time. */
final class Alarm {

    private static final long SHORTEST = Duration.ofMillis(1).toNanos();

    private static final long LONGEST_DELAY = Duration.ofSeconds(1).toNanos();

    private final BiFunction<Runnable, Duration, Scheduled> plan;
    private final Ticker ticker;
    private final Runnable action;
    private final ReentrantLock mutex = new ReentrantLock();
    private final ReentrantLock running = new ReentrantLock();
    private @Nullable Scheduled next;
    private volatile long nextAt;
    private volatile boolean set;
    private volatile boolean closed;

    /** Creates an alarm whose action runs where the plan has it run. */
    Alarm(BiFunction<Runnable, Duration, Scheduled> plan, Ticker ticker, Runnable action) {
        this.plan = plan;
        this.ticker = ticker;
        this.action = action;
    }

    /** Makes sure that the action runs at that moment or before. */
    void atLatest(long nanos) {
        if (setFor(nanos)) {
            return;
        }
        mutex.lock();
        try {
            if (closed || setFor(nanos)) {
                return;
            }
            if (next != null) {
                next.cancel();
            }
            nextAt = nanos;
            set = true;
            long delay = Math.max(SHORTEST, nanos - ticker.nanos());
            // Whole milliseconds, rounded up: a tick that comes too early would only come again.
            next = plan.apply(() -> ring(nanos), Duration.ofMillis((delay + 999_999) / 1_000_000));
        } finally {
            mutex.unlock();
        }
    }

    /** Tells whether it will ring by then. A tick that is long overdue was dropped, and will not come any more. */
    private boolean setFor(long nanos) {
        return set && nextAt - nanos <= 0 && ticker.nanos() - nextAt < LONGEST_DELAY;
    }

    private void ring(long at) {
        mutex.lock();
        try {
            if (set && nextAt == at) {
                set = false;
                next = null;
            }
        } finally {
            mutex.unlock();
        }
        running.lock();
        try {
            action.run();
        } finally {
            running.unlock();
        }
    }

    void close() {
        mutex.lock();
        try {
            closed = true;
            if (next != null) {
                next.cancel();
            }
        } finally {
            mutex.unlock();
        }
    }
}
