// SPDX-License-Identifier: Apache-2.0
package dev.guarded.connector;

import java.util.List;

/**
 * What an administrator sees of one adapter configuration in this JVM, and may do. Counts begin with the engine; times
 * are in milliseconds, measured on the monotonic clock of this JVM.
 */
public interface LockManagerMXBean {

    /** {@return the release of Guarded} */
    String getVersion();

    /** {@return what this node calls itself in messages} */
    String getNode();

    /** {@return where the store is, without any secret} */
    String getStore();

    /** {@return what all keys in the store begin with} */
    String getNamespace();

    /** {@return how many leases were granted} */
    long getGrants();

    /** {@return how many of them were waited for} */
    long getWaits();

    /** {@return how long these were waited for on average, 0 without any} */
    double getAverageWaitMillis();

    /** {@return the longest of these waits} */
    double getLongestWaitMillis();

    /** {@return how many acquisitions ended without the lock because it was taken, or their time was up} */
    long getNotGranted();

    /** {@return how long the leases that were released had their lock on average, 0 without any} */
    double getAverageHoldMillis();

    /** {@return the longest of these} */
    double getLongestHoldMillis();

    /** {@return how many leases were lost} */
    long getLosses();

    /** {@return the locks that are in use in this JVM, sorted by name, with their figures} Asks no store. */
    List<LockFigures> getLocks();

    /**
     * Returns who holds what: in the whole cluster, and of the LOCAL locks in this JVM. Walks through the store's keys,
     * so it takes as long as the store has many.
     *
     * @return a row for each holder, sorted by the lock's name
     * @throws dev.guarded.lock.LockStoreException if the store gave no answer
     */
    List<HeldLock> listHeld();

    /**
     * Takes a lock from the holder that was shown, if it still has it, and hands it to the next waiter. What another node
     * holds is taken from whoever has it there by now; ask the holder's own node to be sure of the lease.
     *
     * @param name the lock's name
     * @param fencingToken the token of that holder, as {@link #listHeld} showed it
     * @return {@code RELEASED}, or {@code NOT_OWNER} if no holder has that token now
     * @throws IllegalArgumentException if the token is not a number; nothing was asked of the store
     * @throws dev.guarded.lock.LockStoreException if the store gave no answer; asking again is safe
     */
    String forceRelease(String name, String fencingToken);
}
