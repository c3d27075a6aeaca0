// SPDX-License-Identifier: Apache-2.0
package dev.guarded.connector;

import dev.guarded.core.CloseableLockManager;
import dev.guarded.core.LockEngine;
import dev.guarded.core.spi.Ticker;
import dev.guarded.redis.RedisLockStore;
import dev.guarded.redis.RedisTarget;
import jakarta.resource.spi.ConnectionManager;
import jakarta.resource.spi.ManagedConnectionFactory;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;

/** One engine, for everybody who uses the same configuration. */
final class SharedEngine {

    private static final System.Logger LOG = System.getLogger("dev.guarded.adapter");
    private static final Duration STOPPING_PATIENCE = Duration.ofSeconds(2);

    private final WorkScheduler scheduler;
    private final PooledConnections connections;
    private final CloseableLockManager locks;
    private final Set<Engines> users = new HashSet<>();
    private volatile RedisTarget target;

    private SharedEngine(AdapterConfiguration configuration, AdapterServices services) {
        this.target = configuration.target();
        this.scheduler = new WorkScheduler(services);
        this.connections = new PooledConnections(configuration.target().address());
        this.locks = LockEngine.open(
                configuration.engine(),
                new RedisLockStore(configuration.namespace(), connections, () -> target, scheduler),
                scheduler,
                Ticker.SYSTEM,
                new JtaSurroundings(services.transactions()));
    }

    /** Opens an engine; connects to nothing. */
    static SharedEngine open(AdapterConfiguration configuration, AdapterServices services) {
        return new SharedEngine(configuration, services);
    }

    CloseableLockManager locks() {
        return locks;
    }

    void usedBy(Engines adapter) {
        users.add(adapter);
    }

    /** Returns whether that was the last user. */
    boolean leftBy(Engines adapter) {
        return users.remove(adapter) && users.isEmpty();
    }

    /** Makes the pool of the factory that was created last the callers' pool. */
    void borrowFrom(ManagedConnectionFactory factory, ConnectionManager manager) {
        connections.use(factory, manager);
    }

    void logInTo(RedisTarget newest) {
        target = newest;
    }

    void close() {
        locks.close();
        int left = scheduler.stop(STOPPING_PATIENCE);
        // What was presented for logging in is not kept longer than it can be of use.
        target = target.withCredentials(null, new char[0]);
        LOG.log(
                left == 0 ? System.Logger.Level.INFO : System.Logger.Level.WARNING,
                "GUARDED-0408 Guarded has stopped" + (left == 0 ? "." : "; " + left + " works still run."));
    }
}
