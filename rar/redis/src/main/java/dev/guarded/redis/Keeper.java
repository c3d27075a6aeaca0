// SPDX-License-Identifier: Apache-2.0
package dev.guarded.redis;

import dev.guarded.core.spi.StoreFailure;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The one connection that is kept aside for renewals and late releases, whatever state the pool is in. */
final class Keeper {

    private final Supplier<RedisTarget> target;
    private final ReentrantLock mutex = new ReentrantLock();
    private @Nullable PhysicalConnection connection;
    private boolean closed;

    Keeper(Supplier<RedisTarget> target) {
        this.target = target;
    }

    Object run(Script script, List<String> keys, List<String> args) {
        mutex.lock();
        try {
            boolean fresh = connection == null;
            try {
                return open().run(script, keys, args);
            } catch (StoreFailure failure) {
                drop();
                if (fresh || !failure.retryable()) {
                    throw failure;
                }
                // It broke while it was idle: the scripts are idempotent, so a new one may ask again at once.
                return open().run(script, keys, args);
            }
        } finally {
            mutex.unlock();
        }
    }

    private PhysicalConnection open() {
        if (closed) {
            throw new StoreFailure("GUARDED-0304 the store was closed", true, null);
        }
        PhysicalConnection open = connection;
        if (open == null) {
            open = PhysicalConnection.open(target.get());
            connection = open;
        }
        return open;
    }

    private void drop() {
        if (connection != null && connection.isBroken()) {
            connection.close();
            connection = null;
        }
    }

    void close() {
        mutex.lock();
        try {
            closed = true;
            if (connection != null) {
                connection.close();
                connection = null;
            }
        } finally {
            mutex.unlock();
        }
    }
}
