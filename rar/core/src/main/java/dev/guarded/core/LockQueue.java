// SPDX-License-Identifier: Apache-2.0
package dev.guarded.core;

import dev.guarded.core.spi.Sharing;
import dev.guarded.core.spi.StoreFailure;
import dev.guarded.core.spi.Ticker;
import dev.guarded.lock.Reach;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The queue of this JVM for one key. Waiters are served in the order in which they came, unless the lock allows
 * barging; only the one at the head contends, and takes over its predecessor's place at the store. The mutex guards
 * everything about the key's leases; no command is sent while it is held.
 *
 * <p>This class is the state; {@link Turns} moves the waiters on, {@link Endings} ends the leases.
 */
final class LockQueue {

    final StoreKey key;
    final Ticker ticker;
    final Source source;
    private final Pin pin;
    final Tally tally;
    final Mutex mutex = new Mutex();
    final Line line = new Line();
    final Holders holders = new Holders();

    /** The attempt of this JVM to get the lock, null if there is none. */
    @Nullable
    Contention contention;

    /** A right that nobody uses at this moment, kept for the first who comes; only where barging is allowed. */
    @Nullable
    Hold idle;

    /** Why the store's last answer is not known; null if it has answered, or nobody has asked. */
    volatile @Nullable StoreFailure failing;

    boolean closed;

    private final Turns turns = new Turns(this);
    private final Endings endings = new Endings(this);

    LockQueue(StoreKey key, Ticker ticker, Pin pin, Source source) {
        this.key = key;
        this.ticker = ticker;
        this.pin = pin;
        this.tally = pin.tally;
        this.source = source;
    }

    Turns turns() {
        return turns;
    }

    Endings endings() {
        return endings;
    }

    /** Tells whether no lease of this JVM stands in the way; a store sees for itself who shares a lock. */
    boolean open(Waiter waiter, long now) {
        if (key.reach() == Reach.CLUSTER) {
            return holders.alone() == null;
        }
        if (!holders.leaveRoomFor(waiter.sharing(), now)) {
            expireSharers(now);
        }
        return holders.leaveRoomFor(waiter.sharing(), now);
    }

    /** Lets somebody stand in line who is to have a turn later; returns false if there will be none. */
    boolean enter(Waiter waiter) {
        mutex.lock();
        try {
            if (!closed) {
                line.join(waiter);
            }
            return !closed;
        } finally {
            mutex.unlock();
        }
    }

    EngineLease give(Waiter waiter, Hold hold, long now) {
        hold.usedFrom(now);
        EngineLease lease = waiter.leaseOn(hold, now);
        holders.add(lease);
        pin.keep(this);
        line.leave(waiter);
        tally.granted(waiter.waited(now));
        return lease;
    }

    /** Takes a lease out of the holders; returns whether it was one. */
    boolean takeOut(EngineLease lease) {
        boolean held = holders.remove(lease);
        letGoIfFree();
        return held;
    }

    /** Keeps what a lease had taken for as long as its lock is to be held at least; LOCAL locks only. */
    void keepTaken(Sharing sharing, long until) {
        holders.keep(sharing, until);
        pin.keep(this);
    }

    void expire(long now) {
        EngineLease alone = holders.alone();
        if (alone != null) {
            endIfOver(alone, now);
        }
        if (idle != null && idle.deadline() - now <= 0) {
            idle.drop();
            idle = null;
        }
    }

    void expireSharers(long now) {
        holders.all().forEach(lease -> endIfOver(lease, now));
        holders.dropKept(now);
        letGoIfFree();
    }

    private void letGoIfFree() {
        if (holders.none() && !holders.keepAny()) {
            pin.letGo();
        }
    }

    private void endIfOver(EngineLease lease, long now) {
        if (lease.deadline() - now <= 0) {
            end(lease, Loss.RAN_OUT);
        }
    }

    void end(EngineLease lease, String how) {
        takeOut(lease);
        lease.lost(how);
        lease.hold().drop();
    }

    void wakeHead() {
        Waiter head;
        mutex.lock();
        try {
            head = holders.alone() == null ? line.first() : null;
        } finally {
            mutex.unlock();
        }
        wake(head);
    }

    static void wake(@Nullable Waiter waiter) {
        if (waiter != null) {
            waiter.wake();
        }
    }

    boolean inUse() {
        mutex.lock();
        try {
            return !holders.none() || !line.isEmpty();
        } finally {
            mutex.unlock();
        }
    }

    int waiting() {
        mutex.lock();
        try {
            return line.size();
        } finally {
            mutex.unlock();
        }
    }

    List<Waiter> waiters() {
        mutex.lock();
        try {
            return line.all();
        } finally {
            mutex.unlock();
        }
    }

    /** Looks at everybody who waits, while nobody can be granted the lock. */
    void forEachWaiter(Consumer<Waiter> look) {
        mutex.lock();
        try {
            line.all().forEach(look);
        } finally {
            mutex.unlock();
        }
    }

    /** Returns the leases of this JVM that hold the lock, whose time may be over. */
    List<EngineLease> held() {
        mutex.lock();
        try {
            return holders.all();
        } finally {
            mutex.unlock();
        }
    }

    /** Returns the leases of this JVM that hold the lock at this moment. */
    List<EngineLease> heldNow() {
        mutex.lock();
        try {
            long now = ticker.nanos();
            expire(now);
            expireSharers(now);
            return holders.all();
        } finally {
            mutex.unlock();
        }
    }

    LockStatistics statistics() {
        mutex.lock();
        try {
            return tally.statistics();
        } finally {
            mutex.unlock();
        }
    }

    /** Tells whether this JVM has a place in the store's queue, or is about to. */
    boolean contending() {
        mutex.lock();
        try {
            return contention != null && key.reach() == Reach.CLUSTER;
        } finally {
            mutex.unlock();
        }
    }
}
