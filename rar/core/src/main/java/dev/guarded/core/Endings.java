// SPDX-License-Identifier: Apache-2.0
package dev.guarded.core;

import dev.guarded.lock.Reach;
import dev.guarded.lock.ReleaseOutcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How the leases of a {@link LockQueue} end, and what becomes of the right that the lease used. */
final class Endings {

    private final LockQueue queue;

    Endings(LockQueue queue) {
        this.queue = queue;
    }

    /** Ends one of a lease's open ends, and the lease with the last. */
    void end(EngineLease lease, Runnable oneEnd) {
        Passing passing;
        queue.mutex.lock();
        try {
            oneEnd.run();
            passing = lease.ends().none() ? passOn(lease) : Passing.NOTHING;
        } finally {
            queue.mutex.unlock();
        }
        finish(lease, passing);
    }

    /** Ends a lease's use of the lock: hands it to the next waiter, or gives it back. */
    ReleaseOutcome release(EngineLease lease) {
        Passing passing;
        queue.mutex.lock();
        try {
            passing = passOn(lease);
        } finally {
            queue.mutex.unlock();
        }
        return finish(lease, passing);
    }

    /**
     * What is left to do without the mutex after a lease has ended.
     *
     * @param back what to give back, null if nothing
     * @param next who is to have a turn afterwards, null if nobody waits
     */
    private record Passing(@Nullable Hold back, @Nullable Waiter next, ReleaseOutcome outcome) {

        static final Passing NOTHING = new Passing(null, null, ReleaseOutcome.NOT_OWNER);
    }

    private Passing passOn(EngineLease lease) {
        long now = queue.ticker.nanos();
        if (lease.ranOut(now) && queue.takeOut(lease)) {
            // Its time is over, and no tick has said so yet: its owner is told all the same.
            lease.lost(Loss.RAN_OUT);
            lease.hold().drop();
            return new Passing(null, queue.line.first(), ReleaseOutcome.NOT_OWNER);
        }
        if (!lease.released(now) || !queue.takeOut(lease)) {
            return Passing.NOTHING;
        }
        queue.tally.released(lease.age(now));
        Hold hold = lease.hold();
        Waiter next = queue.line.first();
        long keep = lease.keepNanos(now);
        if (keep > 0) {
            keepTaken(lease, keep, now);
            return new Passing(hold, next, ReleaseOutcome.RELEASED);
        }
        boolean shared =
                lease.sharing().shared() || (next != null && next.sharing().shared());
        // Where nobody has to be asked, whoever comes first has a new right as fast as an old one.
        boolean anew = queue.key.barging() && queue.key.reach() == Reach.LOCAL;
        if (next == null || shared || anew) {
            return new Passing(hold, next, ReleaseOutcome.RELEASED);
        }
        if (queue.key.barging()) {
            queue.idle = hold;
        } else if (hold.handOver(now)) {
            next.grant(queue.give(next, hold, now));
        } else {
            return new Passing(hold, next, ReleaseOutcome.RELEASED);
        }
        return new Passing(null, next, ReleaseOutcome.RELEASED);
    }

    private void keepTaken(EngineLease lease, long nanos, long now) {
        lease.hold().keepTaken(nanos);
        if (queue.key.reach() == Reach.LOCAL) {
            queue.keepTaken(lease.sharing(), now + nanos);
            lease.lock().context().scheduler().scheduleBrief(this::expire, Duration.ofNanos(nanos));
        }
    }

    private ReleaseOutcome finish(EngineLease lease, Passing passing) {
        if (passing.back() == null) {
            LockQueue.wake(passing.next());
            return passing.outcome();
        }
        try {
            ReleaseOutcome outcome = passing.back().giveBack();
            if (outcome == ReleaseOutcome.NOT_OWNER) {
                lease.goneAtRelease();
            }
            return outcome;
        } finally {
            if (passing.next() != null) {
                queue.wakeHead();
            }
        }
    }

    /** Lets the others that share the lock in beside a lease that had it alone. */
    void share(EngineLease lease) {
        Waiter next = null;
        queue.mutex.lock();
        try {
            if (queue.holders.alone() == lease) {
                queue.holders.remove(lease);
                lease.share();
                queue.holders.add(lease);
                next = queue.line.first();
            }
        } finally {
            queue.mutex.unlock();
        }
        LockQueue.wake(next);
    }

    /** Ends a lease against its owner's will, and gives its right back; tells whether it is back. */
    ReleaseOutcome takenAway(EngineLease lease, String how) {
        queue.mutex.lock();
        try {
            if (!queue.takeOut(lease)) {
                return ReleaseOutcome.NOT_OWNER;
            }
            lease.lost(how);
        } finally {
            queue.mutex.unlock();
        }
        try {
            return lease.hold().giveBack();
        } finally {
            queue.wakeHead();
        }
    }

    /** Takes a lease from its owner; its right goes on at once if nothing runs under it, otherwise when that has ended. */
    void withdraw(EngineLease lease, String how) {
        Passing passing;
        queue.mutex.lock();
        try {
            lease.withdraw(how);
            passing = lease.ends().inUse() ? Passing.NOTHING : passOn(lease);
        } finally {
            queue.mutex.unlock();
        }
        finish(lease, passing);
    }

    /** Notes that a right has ended before its lease did. */
    void lost(Hold hold, String how) {
        queue.mutex.lock();
        try {
            if (hold == queue.idle) {
                queue.idle = null;
                hold.drop();
            }
            for (EngineLease lease : queue.holders.all()) {
                if (lease.hold() == hold) {
                    queue.end(lease, how);
                }
            }
        } finally {
            queue.mutex.unlock();
        }
        queue.wakeHead();
    }

    /** Notes the end of the rights that nobody renewed in time, if it has come. */
    void expire() {
        queue.mutex.lock();
        try {
            long now = queue.ticker.nanos();
            queue.expire(now);
            queue.expireSharers(now);
        } finally {
            queue.mutex.unlock();
        }
        queue.wakeHead();
    }

    /** Makes the waiters' next turn their last, and returns what is to be given back at the store. */
    List<Runnable> close() {
        List<Waiter> waiting;
        List<Runnable> leftovers = new ArrayList<>();
        queue.mutex.lock();
        try {
            queue.closed = true;
            for (EngineLease lease : queue.holders.all()) {
                queue.takeOut(lease);
                lease.lost("the adapter was stopped");
                leftovers.add(() -> lease.hold().giveBack());
            }
            if (queue.idle != null) {
                Hold kept = queue.idle;
                queue.idle = null;
                leftovers.add(() -> kept.giveBack());
            }
            if (queue.contention != null) {
                leftovers.add(queue.contention::cancel);
                queue.contention = null;
            }
            waiting = queue.line.all();
        } finally {
            queue.mutex.unlock();
        }
        waiting.forEach(Waiter::stop);
        return leftovers;
    }
}
