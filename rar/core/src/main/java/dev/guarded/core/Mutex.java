// SPDX-License-Identifier: Apache-2.0
package dev.guarded.core;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Excludes, and keeps for afterwards what must not be done meanwhile: whatever may have to wait for a thread of the
 * server's. All of them may stand before this very mutex.
 */
final class Mutex {

    private final ReentrantLock lock = new ReentrantLock();
    private List<Runnable> afterwards = List.of();

    void lock() {
        lock.lock();
    }

    void unlock() {
        List<Runnable> due = List.of();
        if (!afterwards.isEmpty() && lock.getHoldCount() == 1) {
            due = afterwards;
            afterwards = List.of();
        }
        lock.unlock();
        due.forEach(Runnable::run);
    }

    /** Tells whether any thread has it. */
    boolean isLocked() {
        return lock.isLocked();
    }

    /** Does something as soon as the calling thread does not have the mutex any more, which may be at once. */
    void afterwards(Runnable task) {
        if (!lock.isHeldByCurrentThread()) {
            task.run();
            return;
        }
        if (afterwards.isEmpty()) {
            afterwards = new ArrayList<>();
        }
        afterwards.add(task);
    }
}
