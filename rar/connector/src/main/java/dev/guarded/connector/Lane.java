// SPDX-License-Identifier: Apache-2.0
package dev.guarded.connector;

import dev.guarded.core.spi.Scheduler.Scheduled;
import java.time.Duration;
import java.util.Comparator;
import java.util.TreeSet;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * What one thread does, each when it is due and one after the other. By the monotonic clock: a {@link java.util.Timer}
 * rests for as long as the wall clock was set back. Whatever is taken back is forgotten at once.
 */
final class Lane {

    private static final System.Logger LOG = System.getLogger("dev.guarded.adapter");
    private static final Comparator<Planned> FIRST_DUE = (one, other) -> one.due() != other.due()
            ? Long.signum(one.due() - other.due())
            : Long.compare(one.number(), other.number());

    private final ReentrantLock mutex = new ReentrantLock();
    private final Condition changed = mutex.newCondition();
    private final TreeSet<Planned> planned = new TreeSet<>(FIRST_DUE);
    private long count;
    private boolean closed;

    private record Planned(Runnable task, long due, long number) {}

    Scheduled schedule(Runnable task, Duration delay) {
        mutex.lock();
        try {
            Planned entry = new Planned(task, System.nanoTime() + delay.toNanos(), count++);
            if (!closed) {
                planned.add(entry);
                changed.signal();
            }
            return () -> takeBack(entry);
        } finally {
            mutex.unlock();
        }
    }

    private void takeBack(Planned entry) {
        mutex.lock();
        try {
            planned.remove(entry);
        } finally {
            mutex.unlock();
        }
    }

    /** Runs what is planned until the lane is closed; an interruption is nobody's order here. */
    void loop() {
        boolean open;
        do {
            open = runNext();
        } while (open);
    }

    /** A method of its own, so that nothing here refers to the last task, and by it to an application, until the next. */
    private boolean runNext() {
        Planned next = next();
        if (next == null) {
            return false;
        }
        try {
            next.task().run();
        } catch (RuntimeException | Error unexpected) {
            // Thrown on, it would end all that is planned.
            LOG.log(System.Logger.Level.ERROR, "GUARDED-0431 A task that was planned has failed.", unexpected);
        }
        return true;
    }

    /** Waits for what is due next; null when the lane is closed. */
    private @Nullable Planned next() {
        mutex.lock();
        try {
            while (!closed) {
                long left = planned.isEmpty() ? Long.MAX_VALUE : planned.first().due() - System.nanoTime();
                if (left <= 0) {
                    return planned.pollFirst();
                }
                try {
                    // What is left says nothing: something else may be due by now.
                    long unused = changed.awaitNanos(left);
                } catch (InterruptedException notMeant) {
                    LOG.log(System.Logger.Level.DEBUG, "A thread of the adapter's was interrupted and goes on.");
                }
            }
            return null;
        } finally {
            mutex.unlock();
        }
    }

    /** Ends the loop; what is planned does not run. */
    void close() {
        mutex.lock();
        try {
            closed = true;
            planned.clear();
            changed.signal();
        } finally {
            mutex.unlock();
        }
    }
}
