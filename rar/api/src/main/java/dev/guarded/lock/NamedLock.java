// SPDX-License-Identifier: Apache-2.0
package dev.guarded.lock;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * A lock with a name. Threads that share one {@code NamedLock} exclude each other as strictly as two machines do.
 *
 * <p>Every wait is bounded by one deadline on the caller's monotonic clock. It covers the queue of this JVM, the store
 * and the store's outages: a call returns neither before the timeout without reason nor later than the timeout plus
 * one command to the store. A timeout of zero asks once and does not wait; {@link LockSettings#UNLIMITED} waits until
 * the lock is granted or the thread interrupted. A negative timeout is an {@code IllegalArgumentException}.
 *
 * <p>All acquisitions may throw {@link LockStoreException} if the store does not answer within the timeout or refuses,
 * {@link AcquireInterruptedException} if the thread is interrupted, and {@link IllegalStateException} if the caller
 * would wait for itself, or its application is being undeployed. In each case the caller holds nothing and waits for nothing.
 */
public interface NamedLock {

    /** {@return the lock's name} */
    String name();

    /** {@return how far the lock excludes} */
    Reach reach();

    /** {@return the settings in force, each of them present} */
    LockSettings settings();

    /**
     * Acquires the lock, waiting for at most the adapter's default timeout (30 s if not configured).
     *
     * @return the lease, never null
     * @throws LockNotGrantedException if the timeout passed; nothing is left behind
     */
    Lease acquire();

    /**
     * Acquires the lock, waiting for at most the timeout.
     *
     * @param timeout the longest wait, at least zero
     * @return the lease, never null
     * @throws LockNotGrantedException if the timeout passed; nothing is left behind
     */
    Lease acquire(Duration timeout);

    /**
     * Acquires the lock if it is free and nobody waits for it; does not wait.
     *
     * @return the lease, empty if somebody else has the lock
     * @throws LockNotGrantedException if the caller's transaction is over or marked for rollback, whoever has the lock
     */
    Optional<Lease> tryAcquire();

    /**
     * Acquires the lock without holding a thread of the caller's. The stage completes on a thread of the adapter's,
     * with a detached lease or with one of the exceptions that {@link #acquire(Duration)} throws. Cancelling its
     * {@code toCompletableFuture()} gives the wait up; a grant that crosses the cancellation is given back.
     *
     * @param timeout the longest wait, at least zero
     * @return a stage that completes with the lease
     */
    CompletionStage<Lease> acquireAsync(Duration timeout);

    /**
     * Runs a body under the lock and returns its result. On a thread that already runs guarded by this lock, or in a
     * transaction that is bound to it, the call joins that lease instead of waiting for itself.
     *
     * @param <T> the result's type
     * @param <X> the body's checked exception
     * @param timeout the longest wait, at least zero
     * @param body what to run
     * @return the body's result
     * @throws X if the body throws it; if the lease was lost meanwhile, the loss is among its suppressed exceptions
     * @throws LockNotGrantedException if the timeout passed; the body has not run
     * @throws LeaseLostException if the lease to be joined is lost, then the body has not run; or if the lease was lost
     *     while the body ran and the body returned normally, then its result is discarded
     */
    <T extends @Nullable Object, X extends Exception> T call(Duration timeout, GuardedCall<T, X> body) throws X;

    /**
     * Runs a body under the lock, as {@link #call(Duration, GuardedCall)} does.
     *
     * @param timeout the longest wait, at least zero
     * @param body what to run
     * @throws LockNotGrantedException if the timeout passed; the body has not run
     */
    void run(Duration timeout, Runnable body);

    /**
     * Runs a body that returns a stage, and keeps the lock until that stage has completed. Waits for the lock in the
     * calling thread, as {@link #call(Duration, GuardedCall)} does; joins as it does until the body has returned, and
     * not on account of the stage: what the thread does next waits like everybody else. The lock is released soon after
     * the stage has completed, on a thread of the adapter's, so that whoever completes the stage is not kept; before
     * this method returns, if the stage has completed by then. It follows the stage that the body returned: cancelling
     * the one that this method returns ends no work and frees nothing. A stage that never completes keeps the lock until
     * {@code maxHold}.
     *
     * @param <T> what the stage completes with
     * @param <X> the body's checked exception
     * @param timeout the longest wait, at least zero
     * @param body what to run
     * @return a dependent of the body's stage that completes as it does, or with a {@link LeaseLostException} if the
     *     lease was lost before the body's stage completed normally; null if the body returned null, then the lock is
     *     released
     * @throws X if the body throws it, then the lock is released
     * @throws LockNotGrantedException if the timeout passed; the body has not run
     * @throws LeaseLostException if the lease was lost before the body returned normally
     */
    <T extends @Nullable Object, X extends Exception> @Nullable CompletionStage<T> callStage(
            Duration timeout, GuardedCall<? extends @Nullable CompletionStage<T>, X> body) throws X;

    /**
     * Runs a body under the lock if the lock is free or already the caller's; does not wait.
     *
     * @param body what to run
     * @return true if the body ran, false if somebody else has the lock
     * @throws LockNotGrantedException if the caller's transaction is over or marked for rollback; the body has not run
     */
    boolean tryRun(Runnable body);

    /**
     * Returns the reading side of this lock: its leases are shared with one another and exclude those of this lock
     * itself, which write. Both sides queue together in order of arrival, so readers that come after a waiting writer
     * wait behind it. Name, settings and status are this lock's.
     *
     * <p>A thread that reads and asks to write would wait for itself: that is an {@link IllegalStateException} at
     * once, also through {@link #call}. A guarded body that writes may call one that reads; it joins. For the way from
     * writing to reading without a gap see {@link Lease#downgrade()}.
     *
     * @return the reading side, always the same object for the same lock; for a reading side itself
     * @throws IllegalStateException if the lock has more than one permit
     */
    NamedLock readLock();

    /**
     * Tells whether anybody holds the lock, asking the store for a lock with reach CLUSTER.
     *
     * @return whether it was held at that moment
     * @throws LockStoreException if the store gave no answer, or all connections to it were in use for 2 s
     */
    boolean isLocked();

    /**
     * Returns who holds the lock and how many wait, asking the store for a lock with reach CLUSTER.
     *
     * @return the lock as it was at that moment
     * @throws LockStoreException if the store gave no answer, or all connections to it were in use for 2 s
     */
    LockStatus status();

    /**
     * Takes the lock from its holder, wherever in the cluster that is, and hands it to the next waiter. For operators,
     * when a holder will not come back and its lease is long: the holder may be at work, so make sure that it is not, or
     * that the guarded resource checks fencing tokens. It learns of its loss at once, if it can be reached, and
     * otherwise with its next renewal.
     *
     * <p>On the node that holds the lock each lease is told apart. From another node, the store's grant is what is shown
     * and what is taken: if the holder's node has handed the lock on inside its JVM since, which it does without asking
     * the store, then whoever has it there now loses it, and is told.
     *
     * @param fencingToken the token of the {@link Holder} that {@link #status()} showed; if the lock has been granted to
     *     somebody else since, nothing happens
     * @return {@link ReleaseOutcome#RELEASED}, or {@link ReleaseOutcome#NOT_OWNER} if no holder has that token now
     * @throws LockStoreException if the store gave no answer, or all connections to it were in use for 2 s; whether the
     *     lock was taken is not known, and asking again is safe
     */
    ReleaseOutcome forceRelease(long fencingToken);
}
