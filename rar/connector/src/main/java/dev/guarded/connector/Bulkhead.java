// SPDX-License-Identifier: Apache-2.0
package dev.guarded.connector;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * Hands a few tasks on at once and keeps the others until one of those has ended. A server whose threads are all taken,
 * by slow callbacks of an application's perhaps, has whoever hands it one more wait.
 */
final class Bulkhead {

    /** As many as use the store at once, and some that do not; fewer than the least of the servers' pools. */
    static final int MOST = 32;

    private final Consumer<Runnable> onward;
    private final ReentrantLock mutex = new ReentrantLock();
    private final Queue<Runnable> waiting = new ArrayDeque<>();
    private int underway;

    Bulkhead(Consumer<Runnable> onward) {
        this.onward = onward;
    }

    void add(Runnable task) {
        Runnable counted = () -> {
            try {
                task.run();
            } finally {
                next();
            }
        };
        if (entered(counted)) {
            onward.accept(counted);
        }
    }

    private boolean entered(Runnable counted) {
        mutex.lock();
        try {
            if (underway == MOST) {
                waiting.add(counted);
                return false;
            }
            underway++;
            return true;
        } finally {
            mutex.unlock();
        }
    }

    private void next() {
        Runnable next;
        mutex.lock();
        try {
            next = waiting.poll();
            if (next == null) {
                underway--;
            }
        } finally {
            mutex.unlock();
        }
        if (next != null) {
            onward.accept(next);
        }
    }
}
