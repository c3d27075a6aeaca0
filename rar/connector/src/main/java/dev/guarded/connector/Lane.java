// SPDX-License-Identifier: Apache-2.0
package dev.guarded.connector;

import dev.guarded.core.spi.Scheduler.Scheduled;
import java.time.Duration;
import java.util.concurrent.DelayQueue;
import java.util.concurrent.Delayed;
import java.util.concurrent.TimeUnit;

/**
 * What one thread does, each when it is due and one after the other. By the monotonic clock: a {@link java.util.Timer}
 * rests for as long as the wall clock was set back.
 */
final class Lane {

    private static final System.Logger LOG = System.getLogger("dev.guarded.adapter");

    private final DelayQueue<Planned> planned = new DelayQueue<>();
    private volatile boolean closed;

    private record Planned(Runnable task, long due) implements Delayed {

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
        Planned entry = new Planned(task, System.nanoTime() + delay.toNanos());
        planned.add(entry);
        return () -> planned.remove(entry);
    }

    /** Runs what is planned until the lane is closed; an interruption is nobody's order here. */
    void loop() {
        while (!closed) {
            try {
                run(planned.take().task());
            } catch (InterruptedException notMeant) {
                LOG.log(System.Logger.Level.DEBUG, "A thread of the adapter's was interrupted and goes on.");
            }
        }
    }

    private void run(Runnable task) {
        try {
            if (!closed) {
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
