// SPDX-License-Identifier: Apache-2.0
package dev.guarded.benchmarks.peer;

import java.util.concurrent.locks.Lock;

/** A named lock of a peer. */
@FunctionalInterface
public interface PeerLock {

    /**
     * Waits until the caller has the lock.
     *
     * @return gives it back, on the same thread
     * @throws InterruptedException if the thread was interrupted while it waited
     */
    Held acquire() throws InterruptedException;

    /**
     * Makes one of a lock as the JDK knows it.
     *
     * @param lock which
     */
    static PeerLock of(Lock lock) {
        Held held = lock::unlock;
        return () -> {
            lock.lockInterruptibly();
            return held;
        };
    }

    /** The lock, while one caller has it. */
    @FunctionalInterface
    interface Held {

        /** Gives the lock back. */
        void release();
    }
}
