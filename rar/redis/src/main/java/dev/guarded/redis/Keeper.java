// SPDX-License-Identifier: Apache-2.0
package dev.guarded.redis;

import dev.guarded.core.spi.StoreFailure;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The one connection that is kept aside for renewals and late releases, whatever state the pool is in. */
final class Keeper {

    /** For the connection, which a close cannot end and is not to wait for longer, and again for the login. */
    static final Duration LONGEST_OPENING = Duration.ofSeconds(2);

    private final Supplier<RedisTarget> target;
    private final Callers callers;
    private final ReentrantLock turn = new ReentrantLock();
    private final AtomicReference<@Nullable PhysicalConnection> connection = new AtomicReference<>();
    private final Opening opening = new Opening();

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
        return send(script, keys, args, RedisTarget.LONGEST_TIMEOUT);
    }

    private Sent send(Script script, List<String> keys, List<String> args, Duration patience) {
        boolean idle = connection.get() != null;
        try {
            return attempt(script, keys, args, patience);
        } catch (StoreFailure failure) {
            if (!idle || !Replies.cutOff(failure)) {
                throw failure;
            }
        }
        try {
            return new Sent(attempt(script, keys, args, patience).reply(), true);
        } catch (StoreFailure failure) {
            throw failure.withSent(true);
        }
    }

    /** Runs a script whose reply is the same however often it was sent. */
    Object run(Script script, List<String> keys, List<String> args) {
        return send(script, keys, args).reply();
    }

    /**
     * Does the same, and waits for that long at most for each of its turn, a new connection and the reply, or for the
     * target's time-outs where they are shorter.
     */
    Object run(Script script, List<String> keys, List<String> args, Duration patience) {
        return send(script, keys, args, patience).reply();
    }

    private Sent attempt(Script script, List<String> keys, List<String> args, Duration patience) {
        Object reply = inTurn(script, keys, args, target.get().within(patience));
        // Most likely the password was changed. Of the new one only the pool hears, when it connects, and those
        // connections that it has are logged in from before. It may have to be waited for: not in this one's turn.
        return reply == null ? callers.send(script, keys, args) : new Sent(reply, false);
    }

    /** Runs a script on the keeper's connection; returns null if that was refused for good. */
    private @Nullable Object inTurn(Script script, List<String> keys, List<String> args, RedisTarget where) {
        if (!hasTurn(where.commandTimeout())) {
            throw Replies.noTurn(where);
        }
        try {
            PhysicalConnection open = openUnlessRefused(where);
            return open == null ? null : run(open, script, keys, args, where.commandTimeout());
        } finally {
            turn.unlock();
        }
    }

    /** Waits for the others; an interruption, of which the caller hears elsewhere, makes it neither shorter nor longer. */
    private boolean hasTurn(Duration patience) {
        long end = System.nanoTime() + patience.toNanos();
        boolean interrupted = Thread.interrupted();
        try {
            while (true) {
                try {
                    return turn.tryLock(end - System.nanoTime(), TimeUnit.NANOSECONDS);
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private Object run(
            PhysicalConnection open, Script script, List<String> keys, List<String> args, Duration patience) {
        try {
            return open.run(script, keys, args, patience);
        } finally {
            if (open.isBroken()) {
                connection.compareAndSet(open, null);
                open.close();
            }
        }
    }

    private @Nullable PhysicalConnection openUnlessRefused(RedisTarget where) {
        try {
            return open(where);
        } catch (StoreFailure refused) {
            if (refused.retryable()) {
                throw refused;
            }
            return null;
        }
    }

    private PhysicalConnection open(RedisTarget where) {
        PhysicalConnection open = connection.get();
        if (open == null && !opening.closed()) {
            open = PhysicalConnection.open(where.within(LONGEST_OPENING), opening::canEnd);
            connection.set(open);
        }
        if (open == null || opening.closed()) {
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

    /** Closes the connection, also under a login or a command that waits for its reply: that one fails at once. */
    void close() {
        opening.close();
        drop();
    }
}
