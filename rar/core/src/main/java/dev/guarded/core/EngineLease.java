// SPDX-License-Identifier: Apache-2.0
package dev.guarded.core;

import dev.guarded.core.spi.LockObserver.Kind;
import dev.guarded.core.spi.Sharing;
import dev.guarded.core.spi.Surroundings.Transaction;
import dev.guarded.lock.LeaseLostException;
import dev.guarded.lock.ReleaseOutcome;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One lease of one lock: the use of a {@link Hold} from a grant to its release or loss. */
final class EngineLease {

    /** How far its life has come. */
    enum State {
        ACTIVE,
        /** Its owner must not rely on it any more, but works on, so that nobody else may have the lock. */
        REVOKED,
        RELEASED,
        LOST
    }

    private final EngineLock lock;
    private final Hold hold;
    private final Owner owner;
    private final OpenEnds ends;
    private final long fencingToken;
    private final long grantedAt;
    private final Recording.Span span;
    private final Loss loss = new Loss(this);
    private Leaks.@Nullable Watch firstWatch;
    private List<Leaks.Watch> furtherWatches = List.of();
    private volatile boolean downgraded;
    private volatile State state = State.ACTIVE;

    /** Creates a lease; what may change of it changes under the mutex of its lock's queue. */
    EngineLease(EngineLock lock, Hold hold, Owner owner, long now) {
        this.lock = lock;
        this.hold = hold;
        this.owner = owner;
        this.ends = new OpenEnds(lock.queue().mutex);
        this.fencingToken = hold.fencingToken();
        this.grantedAt = now;
        this.span = Recorder.JVM.hold(lock.name(), fencingToken);
    }

    EngineLock lock() {
        return lock;
    }

    Hold hold() {
        return hold;
    }

    Owner owner() {
        return owner;
    }

    OpenEnds ends() {
        return ends;
    }

    Loss loss() {
        return loss;
    }

    State state() {
        return state;
    }

    Sharing sharing() {
        return downgraded ? Sharing.READING : lock.sharing();
    }

    /** Notes that it shares the lock from now on. */
    void share() {
        downgraded = true;
    }

    /** Tells whether it belongs to a thread that has not detached it. */
    boolean scopedTo(Thread thread) {
        return owner.thread() == thread && !ends.detached();
    }

    long fencingToken() {
        return fencingToken;
    }

    Duration age() {
        return Duration.ofNanos(age(now()));
    }

    /** Returns how long ago it was granted, in nanoseconds. */
    long age(long now) {
        return now - grantedAt;
    }

    long deadline() {
        return hold.deadline();
    }

    boolean isHeld() {
        return state == State.ACTIVE && deadline() - now() > 0;
    }

    /** Tells whether it ended otherwise than by its owner's release. */
    boolean isLost() {
        return state != State.RELEASED && !isHeld();
    }

    /** Tells whether its time is over and nobody has noticed yet. */
    boolean ranOut(long now) {
        return (state == State.ACTIVE || state == State.REVOKED) && deadline() - now <= 0;
    }

    Duration remaining() {
        return state == State.ACTIVE ? untilDeadline() : Duration.ZERO;
    }

    /** Returns how long it still keeps the lock from others if it is not renewed. */
    Duration untilDeadline() {
        return Duration.ofNanos(Math.max(0, deadline() - now()));
    }

    void renew() {
        if (!isHeld()) {
            throw lostException();
        }
        hold.renew(lock.name());
    }

    /** Makes sure of it before a transaction is committed, one of many perhaps. */
    void vouch() {
        if (!isHeld()) {
            throw lostException();
        }
        hold.vouch(lock.name());
        // Asked again: the store may have taken its time to answer.
        if (!isHeld()) {
            throw lostException();
        }
    }

    /** Turns it from one that has the lock alone into one that reads. */
    void downgrade() {
        if (sharing().shared()) {
            throw new IllegalStateException("GUARDED-0205 The lease of lock '" + lock.name()
                    + "' is shared already; only one that has its lock alone can be downgraded.");
        }
        if (!isHeld()) {
            throw lostException();
        }
        hold.downgrade(lock.name());
        lock.queue().endings().share(this);
    }

    /** Ends a frame, in the way that fits it. */
    void endFrame(Runnable frame) {
        bindToWhatIsLeftOpen();
        end(frame);
    }

    /** Leaves the end of a frame to a stage. */
    void passFrameToStage() {
        bindToWhatIsLeftOpen();
        ends.passFrameToStage();
    }

    /** What a thread did under the lock in a transaction that is still open ends with that. */
    private void bindToWhatIsLeftOpen() {
        if (state == State.ACTIVE && ends.transaction() == null && scopedTo(Thread.currentThread())) {
            lock.context()
                    .surroundings()
                    .transaction()
                    .filter(Transaction::active)
                    .ifPresent(leftOpen -> lock.context().scopes().bindIfLeftOpen(this, leftOpen));
        }
    }

    /** Lets it end by itself, a lease time from now at the latest. */
    void stopRenewing() {
        hold.stopRenewing();
        lock.watch(this);
    }

    /** Lets it end by itself and not before, because it is not known whether it may. */
    void leaveInDoubt() {
        stopRenewing();
        Failures.LOG.log(System.Logger.Level.WARNING, Failures.inDoubtText(lock));
    }

    /** Takes the right from its owner, who is still at work, and keeps it from everybody else until that has ended. */
    void revoke(String why) {
        lock.queue().mutex.lock();
        try {
            if (state == State.ACTIVE) {
                loss.because(why);
                state = State.REVOKED;
                loss.tell(now());
            }
        } finally {
            lock.queue().mutex.unlock();
        }
    }

    /** Takes it from its owner as {@link #revoke} does, and renews it no more for the work that still goes on. */
    void withdraw(String why) {
        revoke(why);
        stopRenewing();
    }

    /** Ends one of the open ends, and releases with the last. */
    void end(Runnable oneEnd) {
        lock.queue().endings().end(this, oneEnd);
        if (state == State.LOST && ends.allClosed()) {
            lock.context().scopes().forget(this);
        }
    }

    /** Releases now, whatever is still open. */
    ReleaseOutcome release() {
        if (ends.transaction() != null) {
            lock.context().scopes().forget(this);
        }
        ReleaseOutcome outcome = lock.queue().endings().release(this);
        if (state == State.LOST) {
            lock.context().scopes().forget(this);
        }
        return outcome;
    }

    /** Notes its release; returns false if it had ended before. */
    boolean released(long now) {
        if (state == State.REVOKED) {
            // It stays lost for everybody who looks: its owner did not have it to the end.
            span.end("released after it was revoked");
            state = State.LOST;
            return true;
        }
        if (state != State.ACTIVE) {
            return false;
        }
        span.end("released");
        state = State.RELEASED;
        loss.isPast();
        lock.context().observers().tell(Kind.RELEASED, this, age(now));
        return true;
    }

    /** Returns how long the lock is to stay taken after a release now, zero or less if not at all. */
    long keepNanos(long now) {
        return lock.atLeastForNanos() == 0 ? 0 : lock.atLeastForNanos() - age(now);
    }

    /** Keeps what watches one of its handles. */
    void keep(Leaks.Watch watch) {
        if (firstWatch == null) {
            // Nobody else knows the lease yet.
            firstWatch = watch;
            return;
        }
        lock.queue().mutex.lock();
        try {
            furtherWatches =
                    Stream.concat(furtherWatches.stream(), Stream.of(watch)).toList();
        } finally {
            lock.queue().mutex.unlock();
        }
    }

    /** Notes that the right ended by itself. The callbacks run elsewhere. */
    void lost(String how) {
        boolean news = state == State.ACTIVE;
        if (!news && state != State.REVOKED) {
            return;
        }
        if (news) {
            loss.because(how);
        }
        state = State.LOST;
        span.end("lost");
        lock.context().scopes().lost(this);
        if (news) {
            loss.tell(now());
        }
    }

    /** Notes that the store had the lock no longer when it was given back: what was done last may not have been alone. */
    void goneAtRelease() {
        lock.queue().mutex.lock();
        try {
            if (state == State.RELEASED) {
                loss.because("the store had it no longer when it was released");
                state = State.LOST;
                loss.tell(now());
            }
        } finally {
            lock.queue().mutex.unlock();
        }
    }

    LeaseLostException lostException() {
        return state == State.RELEASED ? loss.exception("it was released before") : loss.exception();
    }

    private long now() {
        return lock.context().ticker().nanos();
    }
}
