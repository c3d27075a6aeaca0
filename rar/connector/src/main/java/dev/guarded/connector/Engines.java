// SPDX-License-Identifier: Apache-2.0
package dev.guarded.connector;

import dev.guarded.redis.RedisTarget;
import jakarta.resource.spi.ConnectionManager;
import jakarta.resource.spi.ManagedConnectionFactory;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The engines of one started adapter's configurations. The table is one for each deployed archive, whatever number of
 * adapters the server makes of it, so that a LOCAL lock is one lock and a name has one contender in a JVM.
 */
final class Engines {

    private static final ReentrantLock MUTEX = new ReentrantLock();
    private static final Map<AdapterConfiguration, SharedEngine> TABLE = new HashMap<>();

    private final AdapterServices services;

    Engines(AdapterServices services) {
        this.services = services;
    }

    /** Returns the engine of a configuration, opened now if there is none; this adapter counts as its user. */
    SharedEngine engine(
            AdapterConfiguration configuration, ManagedConnectionFactory factory, ConnectionManager connections) {
        MUTEX.lock();
        try {
            SharedEngine engine = TABLE.computeIfAbsent(configuration, fresh -> SharedEngine.open(fresh, services));
            engine.usedBy(this);
            engine.borrowFrom(factory, connections);
            return engine;
        } finally {
            MUTEX.unlock();
        }
    }

    /** Notes the credentials last presented for a configuration, for the connections that no pool keeps. */
    void remember(AdapterConfiguration configuration, RedisTarget target) {
        SharedEngine engine = find(configuration);
        if (engine != null) {
            engine.logInTo(target);
        }
    }

    private static @Nullable SharedEngine find(AdapterConfiguration configuration) {
        MUTEX.lock();
        try {
            return TABLE.get(configuration);
        } finally {
            MUTEX.unlock();
        }
    }

    /** Ends this adapter's use of all engines, and those that nobody uses any more. */
    void stop() {
        List<SharedEngine> unused = new ArrayList<>();
        MUTEX.lock();
        try {
            TABLE.values().removeIf(engine -> {
                boolean last = engine.leftBy(this);
                if (last) {
                    unused.add(engine);
                }
                return last;
            });
        } finally {
            MUTEX.unlock();
        }
        unused.forEach(SharedEngine::close);
    }

    static int open() {
        MUTEX.lock();
        try {
            return TABLE.size();
        } finally {
            MUTEX.unlock();
        }
    }
}
