// SPDX-License-Identifier: Apache-2.0
package dev.guarded.core;

import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * What a lease still waits for before it is released: its guarded frames, and the transaction it is bound to. It
 * begins with one frame; when nothing is open any more, nothing can be opened again.
 */
final class OpenEnds {

    private final ReentrantLock mutex;
    private int frames = 1;
    private @Nullable Thread joined;
    private volatile @Nullable Object transaction;
    private volatile boolean detached;

    /** Creates the ends of a lease, guarded by the mutex of its lock's queue. */
    OpenEnds(ReentrantLock mutex) {
        this.mutex = mutex;
    }

    /** Opens a frame; false if everything was closed already. */
    boolean openFrame() {
        mutex.lock();
        try {
            if (frames == 0 && transaction == null) {
                return false;
            }
            frames++;
            joined = Thread.currentThread();
            return true;
        } finally {
            mutex.unlock();
        }
    }

    void closeFrame() {
        mutex.lock();
        try {
            frames = Math.max(0, frames - 1);
        } finally {
            mutex.unlock();
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

    void closeTransaction() {
        mutex.lock();
        try {
            transaction = null;
        } finally {
            mutex.unlock();
        }
    }

    /** Lets go of the scope: from now on only frames count. */
    void detach() {
        mutex.lock();
        try {
            detached = true;
            transaction = null;
        } finally {
            mutex.unlock();
        }
    }

    /** Tells whether one frame is all that is open. */
    boolean onlyOneFrame() {
        mutex.lock();
        try {
            return frames == 1 && transaction == null;
        } finally {
            mutex.unlock();
        }
    }

    boolean none() {
        mutex.lock();
        try {
            return frames == 0 && transaction == null;
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
