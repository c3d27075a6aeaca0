// SPDX-License-Identifier: Apache-2.0
package dev.guarded.core;

import dev.guarded.core.EngineLease.State;
import dev.guarded.core.spi.LockObserver.Kind;
import dev.guarded.core.spi.Scheduler.Scheduled;
import dev.guarded.lock.LeaseLostException;
import dev.guarded.lock.event.LeaseLost;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** How a lease is lost, and who is told of it. What changes does so under the mutex of the queue of the lease's lock. */
final class Loss {

    static final String RAN_OUT = "it ran out before it was renewed or released";

    private final EngineLease lease;
    private List<Consumer<LeaseLostException>> callbacks = List.of();
    private @Nullable Thread interrupted;
    private @Nullable Scheduled watch;

    /** What took the lease, null as long as nothing but its time has. */
    private volatile @Nullable String how;

    Loss(EngineLease lease) {
        this.lease = lease;
    }

    /** Notes what took the lease; nobody is told yet. */
    void because(String why) {
        how = why;
    }

    /** Tells everybody whom it concerns. The callbacks run elsewhere. */
    void tell(long now) {
        String why = why();
        EngineLock lock = lease.lock();
        EngineContext context = lock.context();
        String message = Failures.lostText(lock.name(), why);
        lock.queue().tally.lost();
        Recorder.JVM.lost(lock.name(), lease.fencingToken(), why);
        LeaseLost event = new LeaseLost(lock.name(), lease.fencingToken(), message);
        lock.queue().mutex.afterwards(() -> {
            Failures.LOG.log(System.Logger.Level.WARNING, message);
            context.news().tell(lease.owner().application(), event);
        });
        lookAway();
        callbacks.forEach(this::tell);
        callbacks = List.of();
        if (interrupted != null) {
            // Under the mutex, so that it cannot come after a release that has taken effect.
            interrupted.interrupt();
            interrupted = null;
        }
        context.observers().tell(Kind.LOST, lease, lease.age(now));
    }

    /** Notes that it will not come any more. */
    void isPast() {
        interrupted = null;
        lookAway();
    }

    private void watchOut() {
        if (watch == null) {
            watch = lease.lock().watch(lease);
        }
    }

    private void lookAway() {
        if (watch != null) {
            watch.cancel();
            watch = null;
        }
    }

    /** Makes it interrupt a thread, unless the lease is released before. */
    void willInterrupt(Thread thread) {
        lease.lock().queue().mutex.lock();
        try {
            if (hasCome()) {
                thread.interrupt();
            } else if (lease.state() == State.ACTIVE) {
                interrupted = thread;
                watchOut();
            }
        } finally {
            lease.lock().queue().mutex.unlock();
        }
    }

    /** Makes it tell a callback, which runs elsewhere. */
    void willTell(Consumer<LeaseLostException> callback) {
        lease.lock().queue().mutex.lock();
        try {
            if (!hasCome()) {
                List<Consumer<LeaseLostException>> more = new ArrayList<>(callbacks);
                more.add(callback);
                callbacks = more;
                watchOut();
                return;
            }
        } finally {
            lease.lock().queue().mutex.unlock();
        }
        tell(callback);
    }

    private boolean hasCome() {
        return lease.state() == State.LOST || lease.state() == State.REVOKED;
    }

    private void tell(Consumer<LeaseLostException> callback) {
        LeaseLostException loss = exception();
        EngineLock lock = lease.lock();
        lock.queue().mutex.afterwards(() -> lock.context().scheduler().callBack(() -> call(callback, loss)));
    }

    private void call(Consumer<LeaseLostException> callback, LeaseLostException loss) {
        try {
            callback.accept(loss);
        } catch (RuntimeException e) {
            Failures.LOG.log(
                    System.Logger.Level.WARNING,
                    "GUARDED-0203 A callback for the loss of lock '"
                            + lease.lock().name() + "' failed.",
                    e);
        }
    }

    /** Returns what to throw at whoever still relies on the lease. */
    LeaseLostException exception() {
        return exception(why());
    }

    private String why() {
        String known = how;
        return known == null ? RAN_OUT : known;
    }

    LeaseLostException exception(String why) {
        return new LeaseLostException(
                Failures.lostText(lease.lock().name(), why), lease.lock().name(), lease.fencingToken());
    }
}
