// SPDX-License-Identifier: Apache-2.0
package dev.guarded.core;

import dev.guarded.core.spi.LockObserver;
import dev.guarded.core.spi.LockObserver.Kind;
import dev.guarded.core.spi.Ticker;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/** One observer's view of an engine, from {@link LockEngine#observe} to {@link #close()}. */
public final class Observation implements AutoCloseable {

    private final Observers observers;
    private final LockObserver observer;
    private final Supplier<List<LockQueue>> queues;
    private final Ticker ticker;
    private final long tooLong;
    private Set<Waiter> told = Set.of();

    Observation(
            Observers observers,
            LockObserver observer,
            Supplier<List<LockQueue>> queues,
            Ticker ticker,
            Duration tooLong) {
        this.observers = observers;
        this.observer = observer;
        this.queues = queues;
        this.ticker = ticker;
        this.tooLong = Acquisition.nanos(tooLong);
        observers.add(observer);
    }

    /** Tells the observer of each wait of this JVM that has become too long since the last look; by one thread at a time. */
    public void look() {
        Set<Waiter> waiting = new HashSet<>();
        for (LockQueue queue : queues.get()) {
            queue.forEachWaiter(waiter -> look(waiter, waiting));
        }
        told = waiting;
    }

    private void look(Waiter waiter, Set<Waiter> waiting) {
        long now = ticker.nanos();
        if (waiter.waited(now) > tooLong && observer.hears(waiter.lockName())) {
            waiting.add(waiter);
            if (!told.contains(waiter)) {
                observer.note(Kind.WAITING_TOO_LONG, waiter.asEvent(now));
            }
        }
    }

    /** Ends it: nothing is told any more, but for what is being told at this moment. */
    @Override
    public void close() {
        observers.remove(observer);
    }
}
