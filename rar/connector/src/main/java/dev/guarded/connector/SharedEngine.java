// SPDX-License-Identifier: Apache-2.0
package dev.guarded.connector;

import dev.guarded.core.LockEngine;
import dev.guarded.core.spi.Surroundings;
import dev.guarded.core.spi.Ticker;
import dev.guarded.redis.RedisLockStore;
import jakarta.resource.spi.ConnectionManager;
import java.util.UUID;

/** One engine, for everybody who uses the same configuration, and what their servers lend it. */
final class SharedEngine {

    private final PooledConnections pools;
    private final EngineScheduler scheduler = new EngineScheduler();
    private final RedisLockStore store;
    private final LockEngine locks;
    private final Management management;
    private final String id = UUID.randomUUID().toString();

    /** Opens an engine; connects to nothing. */
    SharedEngine(AdapterConfiguration configuration, Surroundings surroundings) {
        this.pools = new PooledConnections(configuration);
        this.store = new RedisLockStore(configuration.namespace(), pools, pools::dedicated, scheduler);
        this.locks = LockEngine.open(configuration.engine(), store, scheduler, Ticker.SYSTEM, surroundings);
        this.management = Management.of(new LockManagerBean(configuration, locks), configuration, id);
    }

    /** Returns what tells this engine from every other one, in this JVM or elsewhere. */
    String id() {
        return id;
    }

    LockEngine locks() {
        return locks;
    }

    void enter(Engines adapter, GuardedManagedConnectionFactory factory, ConnectionManager manager) {
        scheduler.join(adapter.scheduler());
        pools.add(adapter, factory, manager);
    }

    boolean usedOnlyBy(Engines adapter) {
        return pools.serveOnly(adapter);
    }

    void leave(Engines adapter) {
        pools.remove(adapter);
        scheduler.leave(adapter.scheduler());
    }

    /** Takes the store's connections away from a closing that still waits for an answer: the locks expire instead. */
    void cutOff() {
        store.cutOff();
    }

    /** Ends the engine while it still has somewhere to run, and only then forgets the credentials. */
    void close(Engines last) {
        management.close();
        locks.close();
        scheduler.close();
        leave(last);
    }
}
