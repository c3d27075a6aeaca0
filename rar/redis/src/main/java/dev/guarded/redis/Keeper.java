// SPDX-License-Identifier: Apache-2.0
package dev.guarded.redis;

import dev.guarded.core.spi.StoreFailure;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The one connection that is kept aside for renewals and late releases, whatever state the pool is in. */
final class Keeper {

    private final Supplier<RedisTarget> target;
    private final Callers callers;
    private final ReentrantLock turn = new ReentrantLock();
    private final AtomicReference<@Nullable PhysicalConnection> connection = new AtomicReference<>();
    private volatile boolean closed;

    /**
     * Creates the keeper; connects to nothing.
     *
     * @param target where it is to lead, asked for each time it is opened
     * @param callers who may be logged in while the keeper is refused
     */
    Keeper(Supplier<RedisTarget> target, Callers callers) {
        this.target = target;
        this.callers = callers;
    }

    /** Runs a script, once more at once if the connection broke while it was idle: the scripts are idempotent. */
    Sent send(Script script, List<String> keys, List<String> args) {
        turn.lock();
        try {
            boolean idle = connection.get() != null;
            try {
                return attempt(script, keys, args);
            } catch (StoreFailure failure) {
                if (!idle || !Replies.cutOff(failure)) {
                    throw failure;
                }
            }
            return new Sent(attempt(script, keys, args).reply(), true);
        } finally {
            turn.unlock();
        }
    }

    /** Runs a script whose reply is the same however often it was sent. */
    Object run(Script script, List<String> keys, List<String> args) {
        return send(script, keys, args).reply();
    }

    private Sent attempt(Script script, List<String> keys, List<String> args) {
        PhysicalConnection open;
        try {
            open = open();
        } catch (StoreFailure refused) {
            if (refused.retryable()) {
                throw refused;
            }
            // Most likely the password was changed. Of the new one only the pool hears, when it connects, and those
            // connections that it has are logged in from before.
            return callers.send(script, keys, args);
        }
        try {
            return new Sent(open.run(script, keys, args), false);
        } finally {
            if (open.isBroken()) {
                connection.compareAndSet(open, null);
                open.close();
            }
        }
    }

    private PhysicalConnection open() {
        PhysicalConnection open = connection.get();
        if (open == null && !closed) {
            open = PhysicalConnection.open(target.get());
            connection.set(open);
        }
        if (open == null || closed) {
            drop();
            throw Replies.storeClosed();
        }
        return open;
    }

    private void drop() {
        PhysicalConnection last = connection.getAndSet(null);
        if (last != null) {
            last.close();
        }
    }

    /** Closes the connection, also under a command that waits for its reply: that one fails at once. */
    void close() {
        closed = true;
        drop();
    }
}
