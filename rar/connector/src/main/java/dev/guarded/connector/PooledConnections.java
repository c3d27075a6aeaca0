// SPDX-License-Identifier: Apache-2.0
package dev.guarded.connector;

import dev.guarded.core.spi.StoreFailure;
import dev.guarded.redis.ConnectionSource;
import dev.guarded.redis.RedisConnection;
import jakarta.resource.ResourceException;
import jakarta.resource.spi.ConnectionManager;
import jakarta.resource.spi.ManagedConnectionFactory;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Borrows connections from the server's pool. */
final class PooledConnections implements ConnectionSource {

    private final String address;
    private final AtomicReference<@Nullable Pool> pool = new AtomicReference<>();

    private record Pool(ManagedConnectionFactory factory, ConnectionManager manager) {}

    PooledConnections(String address) {
        this.address = address;
    }

    void use(ManagedConnectionFactory factory, ConnectionManager manager) {
        pool.set(new Pool(factory, manager));
    }

    @Override
    public RedisConnection borrow() {
        Pool current = pool.get();
        if (current == null) {
            throw new StoreFailure("GUARDED-0405 there is no pool yet for " + address, true, null);
        }
        try {
            return (RedisConnection) current.manager().allocateConnection(current.factory(), null);
        } catch (ResourceException e) {
            StoreFailure cause = failureBehind(e);
            throw new StoreFailure(
                    "GUARDED-0405 the pool has no connection to " + address + ": "
                            + (cause == null ? e.getMessage() : cause.getMessage()),
                    cause == null || cause.retryable(),
                    e);
        }
    }

    /** Finds our own failure under what the server wrapped around it. */
    private static @Nullable StoreFailure failureBehind(Throwable e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof StoreFailure failure) {
                return failure;
            }
        }
        return null;
    }
}
