// SPDX-License-Identifier: Apache-2.0
package dev.guarded.redis;

import java.util.concurrent.atomic.AtomicReference;

/** Ends the connection that somebody opens who is closed meanwhile: it may be waiting for a server that says nothing. */
final class Opening {

    private final AtomicReference<Runnable> end = new AtomicReference<>(() -> {});
    private volatile boolean closed;

    /** Keeps what ends the connection that is being opened from now on, or ends it if the close came first. */
    void canEnd(Runnable next) {
        end.set(next);
        if (closed) {
            next.run();
        }
    }

    boolean closed() {
        return closed;
    }

    void close() {
        closed = true;
        end.get().run();
    }
}
