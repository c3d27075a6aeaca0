// SPDX-License-Identifier: Apache-2.0
package dev.guarded.connector;

import dev.guarded.core.spi.Scheduler.Scheduled;
import java.time.Duration;
import java.util.concurrent.DelayQueue;
import java.util.concurrent.Delayed;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * What one thread does, each when it is due and one after the other. By the monotonic clock: a {@link java.util.Timer}
 * rests for as long as the wall clock was set back.
 */
final class Lane {

    private static final System.Logger LOG = System.getLogger("dev.guarded.adapter");

    private final DelayQueue<Planned> planned = new DelayQueue<>();
    private volatile boolean closed;

    /** What was planned; without a task when it was taken back, since to look for it would take longer than to wait. */
    private record Planned(AtomicReference<@Nullable Runnable> task, long due) implements Delayed {

        @Override
        public long getDelay(TimeUnit unit) {
            return unit.convert(due - System.nanoTime(), TimeUnit.NANOSECONDS);
        }

        @Override
        public int compareTo(Delayed other) {
            return Long.signum(due - ((Planned) other).due);
        }
    }

    Scheduled schedule(Runnable task, Duration delay) {
        AtomicReference<@Nullable Runnable> kept = new AtomicReference<>(task);
        planned.add(new Planned(kept, System.nanoTime() + delay.toNanos()));
        return () -> kept.set(null);
    }

    /** Runs what is planned until the lane is closed; an interruption is nobody's order here. */
    void loop() {
        while (!closed) {
            try {
                run(planned.take().task().getAndSet(null));
            } catch (InterruptedException notMeant) {
                LOG.log(System.Logger.Level.DEBUG, "A thread of the adapter's was interrupted and goes on.");
            }
        }
    }

    private void run(@Nullable Runnable task) {
        try {
            if (task != null && !closed) {
                task.run();
            }
        } catch (RuntimeException | Error unexpected) {
            // Thrown on, it would end all that is planned.
            LOG.log(System.Logger.Level.ERROR, "GUARDED-0431 A task that was planned has failed.", unexpected);
        }
    }

    /** Ends the loop; what is planned does not run. */
    void close() {
        closed = true;
        planned.clear();
        schedule(() -> {}, Duration.ZERO);
    }
}
