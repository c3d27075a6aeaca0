// SPDX-License-Identifier: Apache-2.0
package dev.guarded.connector;

import dev.guarded.core.spi.LockObserver;
import dev.guarded.lock.LockEvent;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** The events that wait to be told to one bean. Bounded, so that a slow bean costs no more than its own events. */
final class LockEvents implements LockObserver {

    static final int MOST = 1024;

    private final NamePatterns patterns;
    private final BlockingQueue<Event> waiting = new LinkedBlockingQueue<>(MOST);
    private final AtomicLong dropped = new AtomicLong();

    /**
     * Something that became of a lock.
     *
     * @param news what; null for the wake-up of whoever waits for events
     */
    record Event(Kind kind, @Nullable LockEvent news) {}

    LockEvents(NamePatterns patterns) {
        this.patterns = patterns;
    }

    @Override
    public boolean hears(String lockName) {
        return patterns.match(lockName);
    }

    @Override
    public void note(Kind kind, LockEvent event) {
        if (!waiting.offer(new Event(kind, event))) {
            dropped.incrementAndGet();
        }
    }

    /** Returns the next event when there is one; null if there is none for so long. */
    @Nullable
    Event next(long nanos) throws InterruptedException {
        return waiting.poll(nanos, TimeUnit.NANOSECONDS);
    }

    /** Lets whoever waits for an event look around. */
    void wake() {
        // If there is no place for it, there is an event that does as well.
        waiting.offer(new Event(Kind.GRANTED, null));
    }

    boolean isEmpty() {
        return waiting.isEmpty();
    }

    /** Returns how many events found no place so far. */
    long dropped() {
        return dropped.get();
    }
}
