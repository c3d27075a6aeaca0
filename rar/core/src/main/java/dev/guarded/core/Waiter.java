// SPDX-License-Identifier: Apache-2.0
package dev.guarded.core;

import dev.guarded.core.spi.LockObserver.Kind;
import dev.guarded.core.spi.Sharing;
import dev.guarded.core.spi.Ticker;
import dev.guarded.lock.LockEvent;
import org.jspecify.annotations.Nullable;

/** Somebody of this JVM who wants a lock, from the call to the grant or the end of its patience. */
final class Waiter {

    private final EngineLock lock;
    private final Owner owner;
    private final long start;
    private final long deadline;
    private final boolean unlimited;
    private final boolean tryOnly;
    private final Caller caller;
    private int failures;

    private boolean arrived;
    private Recording.Span span = Recording.Span.NONE;

    /** Set under the queue's mutex by whoever hands the lock over. */
    private volatile @Nullable EngineLease granted;

    private volatile @Nullable RuntimeException reason;
    private volatile boolean cancelled;
    private volatile boolean done;
    private volatile boolean woken;

    /**
     * Creates a waiter.
     *
     * @param lock what it wants
     * @param owner who wants it
     * @param start when it began to wait
     * @param timeoutNanos how long it waits; zero asks once, {@code Long.MAX_VALUE} waits for ever
     * @param caller who gives it its turns
     */
    Waiter(EngineLock lock, Owner owner, long start, long timeoutNanos, Caller caller) {
        this.lock = lock;
        this.owner = owner;
        this.start = start;
        this.unlimited = timeoutNanos == Long.MAX_VALUE;
        this.deadline = start + timeoutNanos;
        this.tryOnly = timeoutNanos == 0;
        this.caller = caller;
    }

    /** Who gives a waiter its turns. */
    interface Caller {

        /** Makes the next turn come at once. */
        void wake();

        /** Takes notice of the end of the lock manager; a turn then says so, if there still is one. */
        default void stopped() {}
    }

    EngineLease leaseOn(Hold hold, long now) {
        EngineLease lease = new EngineLease(lock, hold, owner, now);
        lock.context().observers().tell(Kind.GRANTED, lease, waited(now));
        return lease;
    }

    String lockName() {
        return lock.name();
    }

    /** Returns what to tell of its wait. */
    LockEvent asEvent(long now) {
        return Observers.event(lock, owner, 0, waited(now));
    }

    String application() {
        return owner.application();
    }

    Sharing sharing() {
        return lock.sharing();
    }

    /** Returns the present moment; in the first turn that is the moment at which it came. */
    long now(Ticker ticker) {
        if (arrived) {
            return ticker.nanos();
        }
        arrived = true;
        return start;
    }

    /** Notes that it has to wait. */
    void pause() {
        span = Recorder.JVM.wait(lock.name());
    }

    /** Notes what became of it. */
    void end(Turn last) {
        if (last instanceof Turn.TimedOut) {
            lock.queue().tally.notGranted();
        }
        span.end(
                last instanceof Turn.Granted
                        ? "granted"
                        : last instanceof Turn.TimedOut
                                ? "not granted in time"
                                : last instanceof Turn.Failed ? "the store failed" : "given up");
    }

    long waited(long now) {
        return now - start;
    }

    /** Returns how long it still waits; never negative. */
    long left(long now) {
        return unlimited ? Long.MAX_VALUE : Math.max(0, deadline - now);
    }

    boolean tryOnly() {
        return tryOnly;
    }

    void wake() {
        if (!woken) {
            woken = true;
            caller.wake();
        }
    }

    /** Tells it that its lock manager has been closed. */
    void stop() {
        caller.stopped();
        wake();
    }

    /** Forgets that it was woken: what comes next sees whatever it was woken for. */
    void heed() {
        if (woken) {
            woken = false;
        }
    }

    /** Tells whether it was woken since it last took heed; the thread itself may have used that up to wait for a mutex. */
    boolean woken() {
        return woken;
    }

    /** Gives the wait up for a reason that the caller is to be told. */
    void cancel(RuntimeException because) {
        reason = because;
        cancel();
    }

    /** Returns why it was given up, null if its thread was interrupted or its stage cancelled. */
    @Nullable
    RuntimeException reason() {
        return reason;
    }

    void cancel() {
        cancelled = true;
        wake();
    }

    boolean cancelled() {
        return cancelled;
    }

    /** Notes that it has had its last turn. */
    void finish() {
        done = true;
    }

    boolean done() {
        return done;
    }

    /** Notes the lease that was handed over to it, null if that has ended before it could be used. */
    void grant(@Nullable EngineLease lease) {
        granted = lease;
    }

    @Nullable
    EngineLease granted() {
        return granted;
    }

    /** Notes a command that failed; returns how many have failed in a row. */
    int failed() {
        return ++failures;
    }

    void answered() {
        failures = 0;
    }
}
