// SPDX-License-Identifier: Apache-2.0
package dev.guarded.cdi;

import dev.guarded.lock.LockManager;
import dev.guarded.lock.LockSettings;
import dev.guarded.lock.LockStoreException;
import dev.guarded.lock.NamedLock;
import dev.guarded.lock.Reach;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Whether the store of one adapter answers. It is asked once, on a thread of the container's if there is one, so that a
 * probe can go away without the answer.
 */
final class StoreQuestion {

    /** Nobody takes it, and a store that takes no writes refuses a look at it; see the protocol. */
    private static final String LOOKED_AT = "guarded.readiness";

    private final LockManager locks;
    private final boolean cluster;
    private final CompletableFuture<StoreAnswer> answer = new CompletableFuture<>();
    private final CountDownLatch begun = new CountDownLatch(1);
    private final AtomicBoolean taken = new AtomicBoolean();

    /**
     * Prepares the question.
     *
     * @param locks the adapter's manager
     * @param cluster whether the application is known to lock in the cluster, whatever the adapter's default
     */
    StoreQuestion(LockManager locks, boolean cluster) {
        this.locks = locks;
        this.cluster = cluster;
    }

    CompletableFuture<StoreAnswer> answer() {
        return answer;
    }

    /** Asks, unless another thread does or has done; ends as late as the adapter's own timeouts. */
    void ask() {
        if (taken.compareAndSet(false, true)) {
            begun.countDown();
            try {
                answer.complete(answered());
            } catch (Error e) {
                // Without an answer, every later probe would wait for it.
                answer.complete(notAsked(e));
                throw e;
            }
        }
    }

    /**
     * Waits for another thread to ask, and asks if none has begun by then.
     *
     * @param deadline by {@link System#nanoTime}
     */
    void askUnlessBegun(long deadline) {
        try {
            if (!begun.await(deadline - System.nanoTime(), TimeUnit.NANOSECONDS)) {
                ask();
            }
        } catch (InterruptedException e) {
            // Who waits for the answer is told the same.
            Thread.currentThread().interrupt();
        }
    }

    /** Tells that the container is not going to ask; whoever has begun to answers all the same. */
    void fail(Throwable why) {
        if (taken.compareAndSet(false, true)) {
            begun.countDown();
            answer.complete(notAsked(why));
        }
    }

    private static StoreAnswer notAsked(Throwable why) {
        return new StoreAnswer(false, "GUARDED-0522 The store could not be asked: " + why);
    }

    private StoreAnswer answered() {
        try {
            if (!cluster && !usesStore()) {
                return new StoreAnswer(true, "no store in use: locks are of reach LOCAL");
            }
            NamedLock lock = locks.createLock(LockSettings.cluster().key(LOOKED_AT));
            long start = System.nanoTime();
            // Looked at, not taken: probes of many nodes neither wait for one another nor change anything.
            lock.isLocked();
            return new StoreAnswer(
                    true,
                    "answered in " + Duration.ofNanos(System.nanoTime() - start).toMillis() + " ms");
        } catch (LockStoreException e) {
            // Of the lock that was looked at nobody has heard; what the store's client says names its address.
            Throwable cause = e.getCause() == null ? e : e.getCause();
            return new StoreAnswer(false, String.valueOf(cause.getMessage()));
        } catch (RuntimeException e) {
            return new StoreAnswer(false, String.valueOf(e.getMessage()));
        }
    }

    /** An adapter for LOCAL locks needs no store, and is not asked about one. */
    private boolean usesStore() {
        return locks.createLock(LockSettings.defaults()).reach() == Reach.CLUSTER
                || locks.listLocks().stream().anyMatch(lock -> lock.reach() == Reach.CLUSTER);
    }
}
