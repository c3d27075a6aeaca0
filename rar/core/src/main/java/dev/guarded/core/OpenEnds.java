// SPDX-License-Identifier: Apache-2.0
package dev.guarded.core;

import org.jspecify.annotations.Nullable;

/**
 * What a lease still waits for before it is released: its guarded frames, the stages that some of them have returned,
 * and the transaction it is bound to. It begins with one frame; when nothing is open any more, nothing can be opened
 * again.
 */
final class OpenEnds {

    private final Mutex mutex;
    private int frames = 1;

    /** How many of the frames are no running body's and no running request's. */
    private int loose;

    private int stages;
    private @Nullable Thread joined;
    private volatile @Nullable Object transaction;
    private volatile boolean detached;

    /** Creates the ends of a lease, guarded by the mutex of its lock's queue. */
    OpenEnds(Mutex mutex) {
        this.mutex = mutex;
    }

    /** Opens a frame; false if everything was closed already. */
    boolean openFrame() {
        mutex.lock();
        try {
            if (none()) {
                return false;
            }
            frames++;
            joined = Thread.currentThread();
            return true;
        } finally {
            mutex.unlock();
        }
    }

    /** Closes a frame. Called under the mutex. */
    void closeFrame() {
        frames = Math.max(0, frames - 1);
        leaveThreadToStages();
    }

    /** Notes of a frame that nothing tells when its owner is through with it. */
    void loosenFrame() {
        mutex.lock();
        try {
            loose++;
        } finally {
            mutex.unlock();
        }
    }

    /** Closes a loose frame. Called under the mutex. */
    void closeLooseFrame() {
        loose = Math.max(0, loose - 1);
        closeFrame();
    }

    /** Tells whether something still runs under the lease whose end will be told. Called under the mutex. */
    boolean inUse() {
        return frames > loose || stages > 0 || transaction != null;
    }

    /** Closes a frame and opens a stage. */
    void passFrameToStage() {
        mutex.lock();
        try {
            stages++;
            closeFrame();
        } finally {
            mutex.unlock();
        }
    }

    /** Closes a stage. Called under the mutex. */
    void closeStage() {
        stages--;
    }

    /** The thread that goes on to other work must not join what only a stage still needs. */
    private void leaveThreadToStages() {
        if (stages > 0 && frames == 0 && transaction == null) {
            detached = true;
        }
    }

    /** Opens the end of a transaction; false if there is one already. */
    boolean openTransaction(Object key) {
        mutex.lock();
        try {
            if (transaction != null || detached) {
                return false;
            }
            transaction = key;
            return true;
        } finally {
            mutex.unlock();
        }
    }

    /** Takes back the end of a transaction that was never told of it. */
    void withoutTransaction() {
        mutex.lock();
        try {
            closeTransaction();
        } finally {
            mutex.unlock();
        }
    }

    /** Closes the end of the transaction. Called under the mutex. */
    void closeTransaction() {
        transaction = null;
        leaveThreadToStages();
    }

    /** Lets go of the scope: from now on only frames and stages count. */
    void detach() {
        mutex.lock();
        try {
            detached = true;
            transaction = null;
        } finally {
            mutex.unlock();
        }
    }

    /** Tells whether one frame is all that is open. Called under the mutex. */
    boolean onlyOneFrame() {
        return frames == 1 && stages == 0 && transaction == null;
    }

    /** Tells whether nothing is open any more. Called under the mutex. */
    boolean none() {
        return frames == 0 && stages == 0 && transaction == null;
    }

    boolean allClosed() {
        mutex.lock();
        try {
            return none();
        } finally {
            mutex.unlock();
        }
    }

    boolean inFrame() {
        mutex.lock();
        try {
            return frames > 0;
        } finally {
            mutex.unlock();
        }
    }

    /** Tells whether a frame is open, and a thread is neither the one that opened the first nor the last to join. */
    boolean inFrameOfAnother(Thread thread, @Nullable Thread first) {
        mutex.lock();
        try {
            return frames > 0 && thread != first && thread != joined;
        } finally {
            mutex.unlock();
        }
    }

    /** Returns the key of the transaction whose end is open, null if there is none. */
    @Nullable
    Object transaction() {
        return transaction;
    }

    boolean detached() {
        return detached;
    }
}
