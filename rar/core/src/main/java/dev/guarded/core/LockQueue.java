// SPDX-License-Identifier: Apache-2.0
package dev.guarded.core;

import dev.guarded.core.spi.StoreFailure;
import dev.guarded.core.spi.Ticker;
import dev.guarded.lock.ReleaseOutcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The queue of this JVM for one key. Waiters are served in the order in which they came; only the one at the head
 * contends, and takes over its predecessor's place at the store. No command is sent while the mutex is held.
 */
final class LockQueue {

    private static final long FIRST_BACKOFF = Duration.ofMillis(10).toNanos();
    private static final int MOST_DOUBLINGS = 7;

    private final StoreKey key;
    private final Ticker ticker;
    private final Function<LockQueue, Contention> contentions;
    private final ReentrantLock mutex = new ReentrantLock();
    private final LinkedHashSet<Waiter> waiters = new LinkedHashSet<>();
    private @Nullable EngineLease current;
    private @Nullable Contention contention;
    private boolean closed;

    LockQueue(StoreKey key, Ticker ticker, Function<LockQueue, Contention> contentions) {
        this.key = key;
        this.ticker = ticker;
        this.contentions = contentions;
    }

    StoreKey key() {
        return key;
    }

    void enter(Waiter waiter) {
        mutex.lock();
        try {
            waiters.add(waiter);
        } finally {
            mutex.unlock();
        }
    }

    /** Moves a waiter on by one step; blocks for one command at the most. */
    Turn turn(Waiter waiter) {
        Contention mine;
        mutex.lock();
        try {
            long now = ticker.nanos();
            EngineLease granted = waiter.takeGranted();
            if (granted != null && granted.isHeld()) {
                return new Turn.Granted(granted);
            }
            if (granted != null) {
                comeFirst(waiter);
            }
            expire(now);
            if (closed || waiter.cancelled()) {
                leave(waiter);
                return closed ? new Turn.Failed(stopped()) : new Turn.Cancelled();
            }
            if (current != null || first() != waiter) {
                return behind(waiter, now);
            }
            if (contention == null) {
                contention = contentions.apply(this);
            }
            mine = contention;
        } finally {
            mutex.unlock();
        }
        return contend(waiter, mine);
    }

    private Turn behind(Waiter waiter, long now) {
        if (waiter.tryOnly() || waiter.left(now) == 0) {
            int before = List.copyOf(waiters).indexOf(waiter);
            leave(waiter);
            return new Turn.TimedOut(before);
        }
        long holderLeft = current == null ? Long.MAX_VALUE : Math.max(1, current.deadline() - now);
        return new Turn.Park(Math.min(waiter.left(now), holderLeft));
    }

    private Turn contend(Waiter waiter, Contention mine) {
        Contention.Step step;
        try {
            step = mine.step(waiter);
        } catch (StoreFailure failure) {
            return afterFailure(waiter, failure);
        }
        if (step instanceof Contention.Got got) {
            return take(waiter, got.hold());
        }
        long left = waiter.left(ticker.nanos());
        if (left == 0 || step instanceof Contention.Refused) {
            StoreFailure failure = waiter.failure();
            return leaving(waiter, failure == null ? new Turn.TimedOut(0) : new Turn.Failed(failure));
        }
        return new Turn.Park(Math.min(left, ((Contention.Wait) step).nanos()));
    }

    private Turn afterFailure(Waiter waiter, StoreFailure failure) {
        int failures = waiter.failed(failure);
        long left = waiter.left(ticker.nanos());
        // A connection that broke while nobody looked costs even an impatient caller nothing: it asks once more.
        boolean again = failure.retryable() && (left > 0 || (waiter.tryOnly() && failures < 2));
        if (!again) {
            return leaving(waiter, new Turn.Failed(failure));
        }
        boolean atOnce = failures == 1;
        long backoff = FIRST_BACKOFF << Math.min(failures, MOST_DOUBLINGS);
        return new Turn.Park(atOnce ? 0 : Math.min(left, backoff));
    }

    private Turn take(Waiter waiter, Hold hold) {
        mutex.lock();
        try {
            contention = null;
            waiters.remove(waiter);
            if (!closed) {
                hold.usedFrom(ticker.nanos());
                EngineLease lease = waiter.leaseOn(hold);
                current = lease;
                return new Turn.Granted(lease);
            }
        } finally {
            mutex.unlock();
        }
        hold.giveBack(0);
        return new Turn.Failed(stopped());
    }

    /** Ends a lease's use of the lock: hands it to the next waiter, or gives it back. */
    ReleaseOutcome release(EngineLease lease, long keepNanos) {
        Hold hold = lease.hold();
        boolean handedOver = false;
        mutex.lock();
        try {
            if (current != lease) {
                return ReleaseOutcome.NOT_OWNER;
            }
            current = null;
            Waiter next = first();
            long now = ticker.nanos();
            if (next != null && keepNanos <= 0 && hold.handOver(now)) {
                hold.usedFrom(now);
                waiters.remove(next);
                current = next.leaseOn(hold);
                next.grant(current);
                next.wake();
                handedOver = true;
            }
        } finally {
            mutex.unlock();
        }
        if (handedOver) {
            return ReleaseOutcome.RELEASED;
        }
        try {
            return hold.giveBack(keepNanos);
        } finally {
            wakeHead();
        }
    }

    /** Notes that the right has ended before its lease did. */
    void lost(Hold hold, String how) {
        mutex.lock();
        try {
            if (current != null && current.hold() == hold) {
                end(current, how);
            }
        } finally {
            mutex.unlock();
        }
    }

    /** Notes the end of a right that nobody renewed in time, if it has come. */
    void expire() {
        mutex.lock();
        try {
            expire(ticker.nanos());
        } finally {
            mutex.unlock();
        }
    }

    private void expire(long now) {
        if (current != null && current.deadline() - now <= 0) {
            end(current, "it ran out before it was renewed or released");
        }
    }

    private void end(EngineLease lease, String how) {
        current = null;
        lease.lost(how);
        lease.hold().drop();
        Waiter head = first();
        if (head != null) {
            head.wake();
        }
    }

    /** Makes the waiters' next turn their last, and returns what is to be given back at the store. */
    List<Runnable> close() {
        mutex.lock();
        try {
            closed = true;
            List<Runnable> leftovers = new ArrayList<>();
            if (current != null) {
                Hold hold = current.hold();
                current.lost("the adapter was stopped");
                current = null;
                leftovers.add(() -> hold.giveBack(0));
            }
            if (contention != null) {
                leftovers.add(contention::cancel);
                contention = null;
            }
            List.copyOf(waiters).forEach(Waiter::wake);
            return leftovers;
        } finally {
            mutex.unlock();
        }
    }

    void wakeHead() {
        mutex.lock();
        try {
            Waiter head = first();
            if (head != null && current == null) {
                head.wake();
            }
        } finally {
            mutex.unlock();
        }
    }

    private Turn leaving(Waiter waiter, Turn last) {
        mutex.lock();
        try {
            leave(waiter);
        } finally {
            mutex.unlock();
        }
        return last;
    }

    private void leave(Waiter waiter) {
        boolean wasHead = first() == waiter;
        waiters.remove(waiter);
        Waiter head = first();
        if (head == null && contention != null) {
            contention.abandon();
            contention = null;
        } else if (wasHead && head != null) {
            head.wake();
        }
    }

    /** Puts a waiter back whose grant ended between hand-over and its turn: it never owned anything. */
    private void comeFirst(Waiter waiter) {
        List<Waiter> others = List.copyOf(waiters);
        waiters.clear();
        waiters.add(waiter);
        waiters.addAll(others);
    }

    private @Nullable Waiter first() {
        return waiters.isEmpty() ? null : waiters.iterator().next();
    }

    @Nullable
    EngineLease current() {
        mutex.lock();
        try {
            expire(ticker.nanos());
            return current;
        } finally {
            mutex.unlock();
        }
    }

    int waiting() {
        mutex.lock();
        try {
            return waiters.size();
        } finally {
            mutex.unlock();
        }
    }

    /** Tells whether this JVM has a place in the store's queue, or is about to. */
    boolean contending() {
        mutex.lock();
        try {
            return contention != null;
        } finally {
            mutex.unlock();
        }
    }

    private static StoreFailure stopped() {
        return new StoreFailure("the adapter was stopped", true, null);
    }
}
