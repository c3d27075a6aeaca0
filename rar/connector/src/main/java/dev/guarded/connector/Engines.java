// SPDX-License-Identifier: Apache-2.0
package dev.guarded.connector;

import dev.guarded.core.spi.Scheduler.Scheduled;
import jakarta.resource.spi.ConnectionManager;
import java.time.Duration;
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

    /** What is left for the works to end when the closing of all engines together has waited for stores. */
    private static final Duration WORKS_PATIENCE = Duration.ofSeconds(1);

    private static final ReentrantLock MUTEX = new ReentrantLock();
    private static final Map<AdapterConfiguration, SharedEngine> TABLE = new HashMap<>();

    private final AdapterServices services;
    private final WorkScheduler scheduler;

    Engines(AdapterServices services) {
        this.services = services;
        this.scheduler = new WorkScheduler(services);
    }

    WorkScheduler scheduler() {
        return scheduler;
    }

    /** Returns the engine of a configuration, opened now if there is none; this adapter counts as its user. */
    SharedEngine engine(
            AdapterConfiguration configuration,
            GuardedManagedConnectionFactory factory,
            ConnectionManager connections) {
        MUTEX.lock();
        try {
            SharedEngine engine = TABLE.computeIfAbsent(
                    configuration, fresh -> new SharedEngine(fresh, new JtaSurroundings(services.transactions())));
            engine.enter(this, factory, connections);
            return engine;
        } finally {
            MUTEX.unlock();
        }
    }

    /**
     * Ends this adapter's use of all engines, those that nobody uses any more, and its works.
     *
     * @return how many works still run when the patience is over
     */
    int stop(Duration patience) {
        long begin = System.nanoTime();
        List<SharedEngine> abandoned = abandoned();
        Scheduled unused =
                scheduler.scheduleBrief(() -> abandoned.forEach(SharedEngine::cutOff), patience.minus(WORKS_PATIENCE));
        abandoned.forEach(engine -> engine.close(this));
        long left = Math.max(0, patience.toNanos() - (System.nanoTime() - begin));
        return scheduler.stop(Duration.ofNanos(left));
    }

    private List<SharedEngine> abandoned() {
        List<SharedEngine> unused = new ArrayList<>();
        MUTEX.lock();
        try {
            TABLE.values().removeIf(engine -> {
                boolean last = engine.usedOnlyBy(this);
                if (last) {
                    unused.add(engine);
                } else {
                    engine.leave(this);
                }
                return last;
            });
        } finally {
            MUTEX.unlock();
        }
        return unused;
    }

    /** Finds the engine of that id; null if it has ended, or belongs to another JVM. */
    static @Nullable SharedEngine find(String id) {
        MUTEX.lock();
        try {
            return TABLE.values().stream()
                    .filter(engine -> engine.id().equals(id))
                    .findFirst()
                    .orElse(null);
        } finally {
            MUTEX.unlock();
        }
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
