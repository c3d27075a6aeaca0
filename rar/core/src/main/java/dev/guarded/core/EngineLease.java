// SPDX-License-Identifier: Apache-2.0
package dev.guarded.core;

import dev.guarded.lock.LeaseLostException;
import dev.guarded.lock.ReleaseOutcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/** One lease of one lock: the use of a {@link Hold} from a grant to its release or loss. */
final class EngineLease {

    private enum State {
        ACTIVE,
        RELEASED,
        LOST
    }

    private static final String RAN_OUT = "it ran out before it was renewed or released";

    private final EngineLock lock;
    private final Hold hold;
    private final Owner owner;
    private final OpenEnds ends = new OpenEnds();
    private final long fencingToken;
    private final long grantedAt;
    private final AtomicReference<State> state = new AtomicReference<>(State.ACTIVE);
    private final ReentrantLock mutex = new ReentrantLock();
    private final List<Consumer<LeaseLostException>> callbacks = new ArrayList<>(0);
    private volatile String howLost = RAN_OUT;

    EngineLease(EngineLock lock, Hold hold, Owner owner) {
        this.lock = lock;
        this.hold = hold;
        this.owner = owner;
        this.fencingToken = hold.fencingToken();
        this.grantedAt = lock.context().ticker().nanos();
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

    long fencingToken() {
        return fencingToken;
    }

    Duration age() {
        return Duration.ofNanos(now() - grantedAt);
    }

    long deadline() {
        return hold.deadline();
    }

    boolean isHeld() {
        return state.get() == State.ACTIVE && deadline() - now() > 0;
    }

    /** Tells whether it ended otherwise than by its owner's release. */
    boolean isLost() {
        return state.get() != State.RELEASED && !isHeld();
    }

    Duration remaining() {
        return state.get() == State.ACTIVE ? Duration.ofNanos(Math.max(0, deadline() - now())) : Duration.ZERO;
    }

    void renew() {
        if (!isHeld()) {
            throw lostException();
        }
        hold.renew(lock.name());
    }

    /** Ends one of the open ends, and releases with the last. */
    void end(Runnable oneEnd) {
        oneEnd.run();
        if (ends.none()) {
            release();
        }
    }

    /** Releases now, whatever is still open. */
    ReleaseOutcome release() {
        lock.context().scopes().forget(this);
        if (!state.compareAndSet(State.ACTIVE, State.RELEASED)) {
            return ReleaseOutcome.NOT_OWNER;
        }
        long keep = lock.atLeastForNanos() == 0 ? 0 : lock.atLeastForNanos() - (now() - grantedAt);
        return lock.queue().release(this, keep);
    }

    /** Notes that the right ended by itself. The callbacks run elsewhere. */
    void lost(String how) {
        howLost = how;
        List<Consumer<LeaseLostException>> told;
        mutex.lock();
        try {
            if (!state.compareAndSet(State.ACTIVE, State.LOST)) {
                return;
            }
            told = List.copyOf(callbacks);
            callbacks.clear();
        } finally {
            mutex.unlock();
        }
        Failures.LOG.log(System.Logger.Level.WARNING, lostException().getMessage());
        told.forEach(this::tell);
    }

    void onLost(Consumer<LeaseLostException> callback) {
        mutex.lock();
        try {
            if (state.get() != State.LOST) {
                callbacks.add(callback);
                lock.watch(this);
                return;
            }
        } finally {
            mutex.unlock();
        }
        tell(callback);
    }

    private void tell(Consumer<LeaseLostException> callback) {
        LeaseLostException loss = lostException();
        lock.context().scheduler().execute(() -> {
            try {
                callback.accept(loss);
            } catch (RuntimeException e) {
                Failures.LOG.log(
                        System.Logger.Level.WARNING,
                        "GUARDED-0203 A callback for the loss of lock '" + lock.name() + "' failed.",
                        e);
            }
        });
    }

    LeaseLostException lostException() {
        String how = state.get() == State.RELEASED ? "it was released before" : howLost;
        return new LeaseLostException(Failures.lostText(lock.name(), how), lock.name(), fencingToken);
    }

    private long now() {
        return lock.context().ticker().nanos();
    }
}
