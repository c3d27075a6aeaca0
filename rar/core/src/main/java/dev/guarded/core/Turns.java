// SPDX-License-Identifier: Apache-2.0
package dev.guarded.core;

import dev.guarded.core.EngineLease.State;
import dev.guarded.core.spi.StoreFailure;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** How the waiters of a {@link LockQueue} get on, from their first turn to the grant or the end of their patience. */
final class Turns {

    private static final long FIRST_BACKOFF = Duration.ofMillis(10).toNanos();
    private static final int MOST_DOUBLINGS = 7;
    private static final long PROMPT = Duration.ofMillis(100).toNanos();

    private final LockQueue queue;

    Turns(LockQueue queue) {
        this.queue = queue;
    }

    /** Moves a waiter on by one step, the first of which brings it in; blocks for one command at the most. */
    Turn next(Waiter waiter) {
        EngineLease granted = waiter.granted();
        if (granted != null && granted.isHeld()) {
            return new Turn.Granted(granted);
        }
        if (granted != null && granted.state() == State.REVOKED) {
            // Taken from an application that has ended: there is no work under it whose end would be told.
            granted.release();
        }
        Contention mine;
        Hold wornOut;
        queue.mutex.lock();
        try {
            long now = waiter.now(queue.ticker);
            granted = waiter.granted();
            if (granted != null && granted.isHeld()) {
                return new Turn.Granted(granted);
            }
            if (granted != null) {
                // It ended between hand-over and this turn: the waiter never owned anything.
                waiter.grant(null);
                queue.line.comeBack(waiter, queue.contention != null);
            }
            queue.expire(now);
            if (queue.closed || waiter.cancelled()) {
                leave(waiter);
                return queue.closed ? new Turn.Failed(stopped()) : new Turn.Cancelled();
            }
            EngineLease atOnce = atOnce(waiter, now);
            if (atOnce != null) {
                letInBehind(waiter);
                return new Turn.Granted(atOnce);
            }
            queue.line.join(waiter);
            if (queue.line.first() != waiter || !queue.open(waiter, now)) {
                return behind(waiter, now);
            }
            wornOut = queue.idle;
            queue.idle = null;
            if (queue.contention == null) {
                queue.contention = queue.source.ask(queue, waiter.sharing());
            }
            mine = queue.contention;
        } finally {
            queue.mutex.unlock();
        }
        if (wornOut != null) {
            wornOut.giveBack();
        }
        return contend(waiter, mine);
    }

    /** Grants what takes no command, if that passes over nobody or the lock allows it. */
    private @Nullable EngineLease atOnce(Waiter waiter, long now) {
        if (!queue.key.barging() && !queue.line.opensTo(waiter)) {
            return null;
        }
        Hold hold = queue.idle;
        if (hold != null) {
            if (waiter.sharing().shared() || !hold.handOver(now)) {
                return null;
            }
            queue.idle = null;
        } else if (queue.open(waiter, now)) {
            hold = queue.source.atOnce();
        }
        return hold == null ? null : queue.give(waiter, hold, now);
    }

    private Turn behind(Waiter waiter, long now) {
        if (waiter.tryOnly() || waiter.left(now) == 0) {
            int before = queue.line.before(waiter);
            leave(waiter);
            // Nobody knows whether the lock is taken, while the one who asks for all hears nothing.
            StoreFailure unknown = queue.failing;
            return unknown == null ? new Turn.TimedOut(before) : new Turn.Failed(unknown);
        }
        long holderLeft = Long.MAX_VALUE;
        for (EngineLease holder : queue.holders.all()) {
            holderLeft = Math.min(holderLeft, Math.max(1, holder.deadline() - now));
        }
        holderLeft = Math.min(holderLeft, queue.holders.keptFor(now));
        return new Turn.Park(Math.min(waiter.left(now), holderLeft));
    }

    private Turn contend(Waiter waiter, Contention mine) {
        Contention.Step step;
        try {
            step = mine.step(waiter);
        } catch (StoreFailure failure) {
            return afterFailure(waiter, failure);
        } catch (RuntimeException | Error unexpected) {
            leaving(waiter, new Turn.Cancelled());
            throw unexpected;
        }
        if (step instanceof Contention.Got got) {
            return take(waiter, got.hold());
        }
        long left = waiter.left(queue.ticker.nanos());
        if (left == 0 || step instanceof Contention.Refused) {
            StoreFailure failure = queue.failing;
            return leaving(waiter, failure == null ? new Turn.TimedOut(0) : new Turn.Failed(failure));
        }
        return new Turn.Park(Math.min(left, ((Contention.Wait) step).nanos()));
    }

    private Turn afterFailure(Waiter waiter, StoreFailure failure) {
        queue.failing = failure;
        int failures = waiter.failed();
        long left = waiter.left(queue.ticker.nanos());
        // A connection that broke while nobody looked costs even an impatient caller nothing: it asks once more, unless
        // the failure has taken its time.
        boolean prompt = waiter.tryOnly() && failures < 2 && waiter.waited(queue.ticker.nanos()) < PROMPT;
        boolean again = failure.retryable() && (left > 0 || prompt);
        if (!again) {
            return leaving(waiter, new Turn.Failed(failure));
        }
        boolean atOnce = failures == 1;
        long backoff = FIRST_BACKOFF << Math.min(failures, MOST_DOUBLINGS);
        return new Turn.Park(atOnce ? 0 : Math.min(left, backoff));
    }

    private Turn take(Waiter waiter, Hold hold) {
        queue.mutex.lock();
        try {
            queue.contention = null;
            queue.failing = null;
            if (!queue.closed) {
                EngineLease lease = queue.give(waiter, hold, queue.ticker.nanos());
                letInBehind(waiter);
                return new Turn.Granted(lease);
            }
            queue.line.leave(waiter);
        } finally {
            queue.mutex.unlock();
        }
        hold.giveBack();
        return new Turn.Failed(stopped());
    }

    /** Who shares the lock keeps nobody behind it from asking. */
    private void letInBehind(Waiter waiter) {
        if (waiter.sharing().shared()) {
            LockQueue.wake(queue.line.first());
        }
    }

    private Turn leaving(Waiter waiter, Turn last) {
        queue.mutex.lock();
        try {
            leave(waiter);
        } finally {
            queue.mutex.unlock();
        }
        queue.wakeHead();
        return last;
    }

    private void leave(Waiter waiter) {
        boolean wasHead = queue.line.first() == waiter;
        queue.line.leave(waiter);
        Waiter head = queue.line.first();
        boolean takesOver = head != null && head.sharing().equals(waiter.sharing());
        if (queue.contention != null && wasHead && !takesOver) {
            queue.contention.abandon();
            queue.contention = null;
        }
        if (queue.idle != null && head == null) {
            queue.idle.drop();
            queue.idle = null;
        }
        if (wasHead) {
            LockQueue.wake(head);
        }
    }

    static StoreFailure stopped() {
        return StoreFailure.unsent("the adapter was stopped", true, null);
    }
}
