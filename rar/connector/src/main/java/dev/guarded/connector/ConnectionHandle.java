// SPDX-License-Identifier: Apache-2.0
package dev.guarded.connector;

import dev.guarded.core.spi.StoreFailure;
import dev.guarded.redis.PhysicalConnection;
import dev.guarded.redis.RedisConnection;
import dev.guarded.redis.Script;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** One borrower's use of a pooled connection. Once closed or taken back by the pool it is dead for good. */
final class ConnectionHandle implements RedisConnection {

    private final AtomicReference<@Nullable Use> use;

    private record Use(GuardedManagedConnection managed, PhysicalConnection physical) {}

    ConnectionHandle(GuardedManagedConnection managed, PhysicalConnection physical) {
        this.use = new AtomicReference<>(new Use(managed, physical));
    }

    private Use current() {
        Use current = use.get();
        if (current == null) {
            throw StoreFailure.unsent("GUARDED-0409 this use of the pooled connection is over", true, null);
        }
        return current;
    }

    @Override
    public Object run(Script script, List<String> keys, List<String> args) {
        Use current = current();
        try {
            return current.physical().run(script, keys, args);
        } catch (StoreFailure failure) {
            current.managed().broke(this, failure);
            throw failure;
        }
    }

    @Override
    public boolean ping() {
        Use current = current();
        boolean alive = current.physical().ping();
        if (!alive) {
            current.managed().broke(this, new StoreFailure("GUARDED-0409 the connection is dead", true, null));
        }
        return alive;
    }

    /** Makes another connection this handle's. */
    void moveTo(GuardedManagedConnection managed, PhysicalConnection physical) {
        Use before = use.getAndSet(new Use(managed, physical));
        if (before != null) {
            before.managed().left(this);
        }
    }

    void invalidate() {
        use.set(null);
    }

    @Override
    public void close() {
        Use before = use.getAndSet(null);
        if (before != null) {
            before.managed().closed(this);
        }
    }
}
