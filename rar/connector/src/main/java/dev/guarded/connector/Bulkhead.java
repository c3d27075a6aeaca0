// SPDX-License-Identifier: Apache-2.0
package dev.guarded.connector;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Lets code of applications have a few of the server's threads and no more: it may take its time, and would else take those
 * that the engine needs. What waits runs where something has ended, so that whoever is through waits for no other thread.
 */
final class Bulkhead {

    private static final System.Logger LOG = System.getLogger("dev.guarded.adapter");

    /** Fewer than the threads of the smallest of the servers' pools, which has 50. */
    static final int MOST = 32;

    private final Consumer<Runnable> onward;
    private final ReentrantLock mutex = new ReentrantLock();
    private final Queue<Runnable> waiting = new ArrayDeque<>();
    private int underway;
    private boolean closed;

    /** Creates a bulkhead whose threads come from there. */
    Bulkhead(Consumer<Runnable> onward) {
        this.onward = onward;
    }

    void add(Runnable code) {
        if (needsAThread(code)) {
            onward.accept(this::drain);
        }
    }

    private boolean needsAThread(Runnable code) {
        mutex.lock();
        try {
            if (closed) {
                return false;
            }
            waiting.add(code);
            if (underway == MOST) {
                return false;
            }
            underway++;
            return true;
        } finally {
            mutex.unlock();
        }
    }

    private void drain() {
        for (Runnable code = next(); code != null; code = next()) {
            // Nothing of one application's on this thread is for the next one to find.
            if (Thread.interrupted()) {
                LOG.log(System.Logger.Level.DEBUG, "Code of an application's left an interruption behind.");
            }
            Thread.currentThread().setContextClassLoader(Bulkhead.class.getClassLoader());
            try {
                code.run();
            } catch (RuntimeException | Error e) {
                AdapterWork.tellFailure(e);
            }
        }
    }

    private @Nullable Runnable next() {
        mutex.lock();
        try {
            Runnable next = waiting.poll();
            if (next == null) {
                underway--;
            }
            return next;
        } finally {
            mutex.unlock();
        }
    }

    /** Lets nothing more in, and drops what waits. */
    void close() {
        mutex.lock();
        try {
            closed = true;
            waiting.clear();
        } finally {
            mutex.unlock();
        }
    }
}
