// SPDX-License-Identifier: Apache-2.0
package dev.guarded.redis.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.guarded.lock.LockManager;
import dev.guarded.testkit.Proves;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** {@code -Dguarded.load.names=1000000} for a million. */
@Timeout(value = 15, unit = TimeUnit.MINUTES)
class ManyNamesTest {

    private static final int NAMES = Integer.getInteger("guarded.load.names", 100_000);
    private static final int THREADS = 16;
    private static final long SLACK = 8L << 20;

    @Test
    @Proves({"H19", "#15", "#31", "law 15"})
    void distinctNamesLeaveNeitherHeapNorKeys() {
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try (LoadedServer server = new LoadedServer()) {
            LockManager locks = server.node(Duration.ofSeconds(30), THREADS);
            use(locks, threads, "warm-up-", 2_000);
            Awaitility.await().until(() -> registered(locks) == 0);
            long base = heapInUse(locks);

            use(locks, threads, "once-", NAMES);

            Awaitility.await().untilAsserted(() -> assertThat(registered(locks)).isZero());
            Awaitility.await().untilAsserted(() -> assertThat(heapInUse(locks)).isLessThan(base + SLACK));
            assertThat(server.keysOfUse()).isEmpty();
            assertThat(server.keys("f")).as("fences").allMatch(key -> key.matches(".* [1-5]?\\d{1,4}"));
        } finally {
            threads.shutdownNow();
        }
    }

    private static void use(LockManager locks, ExecutorService threads, String prefix, int names) {
        AtomicInteger next = new AtomicInteger();
        List<CompletableFuture<Void>> all = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            all.add(CompletableFuture.runAsync(
                    () -> {
                        for (int n = next.getAndIncrement(); n < names; n = next.getAndIncrement()) {
                            locks.acquire(prefix + n, LoadedServer.PATIENCE).close();
                        }
                    },
                    threads));
        }
        all.forEach(CompletableFuture::join);
    }

    private static int registered(LockManager locks) {
        System.gc();
        return locks.listLocks().size();
    }

    /** The engine forgets what was collected when it is used next, and the collector tells of it when it comes to that. */
    private static long heapInUse(LockManager locks) {
        System.gc();
        locks.listLocks();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
}
