// SPDX-License-Identifier: Apache-2.0
package dev.guarded.cdi;

import dev.guarded.core.EngineSettings;
import dev.guarded.core.LockEngine;
import dev.guarded.core.spi.LockStore;
import dev.guarded.core.spi.Scheduler;
import dev.guarded.core.spi.StoreFailure;
import dev.guarded.core.spi.StoredLock;
import dev.guarded.core.spi.Surroundings;
import dev.guarded.core.spi.Ticker;
import dev.guarded.lock.Reach;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** The real engine, by default with LOCAL as its default reach and a store, over one connection, that never answers. */
final class TestAdapter implements AutoCloseable {

    /** What a store that never answers tells of a lock. */
    static final Supplier<StoredLock> REFUSING = () -> {
        throw refusal();
    };

    private final ScheduledExecutorService threads = Executors.newScheduledThreadPool(2);
    private final LockEngine engine;

    TestAdapter(Duration defaultTimeout) {
        this(defaultTimeout, Surroundings.PLAIN);
    }

    TestAdapter(Duration defaultTimeout, Surroundings surroundings) {
        this(defaultTimeout, surroundings, Reach.LOCAL, REFUSING);
    }

    /** Makes one whose locks are of the cluster by default, and whose store tells this of each of them. */
    TestAdapter(Reach defaultReach, Supplier<StoredLock> stored) {
        this(Duration.ZERO, Surroundings.PLAIN, defaultReach, stored);
    }

    private TestAdapter(
            Duration defaultTimeout, Surroundings surroundings, Reach defaultReach, Supplier<StoredLock> stored) {
        EngineSettings settings = new EngineSettings(
                "node-one", defaultReach, defaultTimeout, Duration.ofSeconds(30), Duration.ofHours(1), 1);
        this.engine = LockEngine.open(settings, store(stored), new OnThreads(), Ticker.SYSTEM, surroundings);
    }

    LockEngine locks() {
        return engine;
    }

    @Override
    public void close() {
        engine.close();
        threads.shutdownNow();
    }

    private static StoreFailure refusal() {
        return new StoreFailure("redis://nowhere refused the password", false, null);
    }

    private static LockStore store(Supplier<StoredLock> stored) {
        return (LockStore) Proxy.newProxyInstance(
                TestAdapter.class.getClassLoader(),
                new Class<?>[] {LockStore.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "address" -> "redis://nowhere";
                    case "hearing" -> false;
                    case "listen", "close" -> null;
                    case "inspect" -> stored.get();
                    default -> throw refusal();
                });
    }

    /** The scheduler port on threads of the test's. */
    private final class OnThreads implements Scheduler {

        @Override
        public void execute(Runnable task) {
            threads.execute(task);
        }

        @Override
        public Scheduled schedule(Runnable task, Duration delay) {
            ScheduledFuture<?> future = threads.schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS);
            return () -> future.cancel(false);
        }

        @Override
        public void runLong(String name, Runnable loop) {
            threads.execute(loop);
        }
    }
}
