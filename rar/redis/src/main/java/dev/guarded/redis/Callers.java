// SPDX-License-Identifier: Apache-2.0
package dev.guarded.redis;

import dev.guarded.core.spi.StoreFailure;
import java.time.Duration;
import java.util.List;

/** Sends the callers' commands over the connections that the pool lends. */
final class Callers {

    /** Time for a pool of any size whose connections are closed; those that are silent must not use up a deadline. */
    private static final long LONGEST_SEARCH = Duration.ofMillis(500).toNanos();

    private final ConnectionSource pool;
    private volatile boolean closed;

    Callers(ConnectionSource pool) {
        this.pool = pool;
    }

    /**
     * Runs a script, once more at once if the connection breaks under it: it may have been dead for a while, and the
     * scripts are idempotent. A time-out is not followed by another one; the caller's deadline allows for one.
     */
    Sent send(Script script, List<String> keys, List<String> args) {
        try (RedisConnection connection = borrow()) {
            try {
                return new Sent(connection.run(script, keys, args), false);
            } catch (StoreFailure failure) {
                if (!Replies.cutOff(failure)) {
                    throw failure;
                }
            }
        }
        try (RedisConnection fresh = borrowAlive()) {
            return new Sent(fresh.run(script, keys, args), true);
        } catch (StoreFailure failure) {
            throw failure.withSent(true);
        }
    }

    /** Borrows until one answers: what broke one connection has likely broken all that the pool has. */
    private RedisConnection borrowAlive() {
        long end = System.nanoTime() + LONGEST_SEARCH;
        RedisConnection next = borrow();
        while (!alive(next)) {
            // The pool drops what is broken, so that this is not lent again.
            next.close();
            if (System.nanoTime() - end > 0) {
                throw Replies.noneAlive();
            }
            next = borrow();
        }
        return next;
    }

    private static boolean alive(RedisConnection connection) {
        try {
            return connection.ping();
        } catch (RuntimeException e) {
            connection.close();
            throw e;
        }
    }

    /** Runs a script whose reply is the same however often it was sent. */
    Object run(Script script, List<String> keys, List<String> args) {
        return send(script, keys, args).reply();
    }

    /** Waits until the pool may know as whom to log in. */
    void awaitFirst(Duration patience) {
        pool.awaitFirst(patience);
    }

    private RedisConnection borrow() {
        if (closed) {
            throw Replies.storeClosed();
        }
        return pool.borrow();
    }

    /** Refuses every command from now on; the pool is its owner's to close. */
    void close() {
        closed = true;
    }
}
