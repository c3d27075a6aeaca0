// SPDX-License-Identifier: Apache-2.0
package dev.guarded.redis.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.guarded.lock.Lease;
import dev.guarded.lock.LeaseLostException;
import dev.guarded.lock.LockException;
import dev.guarded.lock.LockManager;
import dev.guarded.lock.LockNotGrantedException;
import dev.guarded.testkit.Proves;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** {@code -Dguarded.load.seconds=60} for a minute. */
@Timeout(value = 15, unit = TimeUnit.MINUTES)
class ShortPoolTest {

    private static final Duration TIME = Duration.ofSeconds(Integer.getInteger("guarded.load.seconds", 10));
    private static final Duration LEASE = Duration.ofSeconds(6);
    private static final int POOL = 2;
    private static final int HOLDERS = 50;
    private static final int WAITERS = 500;

    private final ConcurrentLinkedQueue<LeaseLostException> lost = new ConcurrentLinkedQueue<>();
    private final ConcurrentLinkedQueue<LockException> unexpected = new ConcurrentLinkedQueue<>();
    private final AtomicInteger refusals = new AtomicInteger();

    @Test
    @Proves({"H16", "#38", "law 9"})
    void fiveHundredWaitersNeitherCostAHolderItsLeaseNorExhaustAPoolOfTwo() {
        ExecutorService threads = Executors.newCachedThreadPool();
        try (LoadedServer server = new LoadedServer()) {
            List<LockManager> nodes = List.of(server.node(LEASE, POOL), server.node(LEASE, POOL));
            List<Lease> held = new ArrayList<>();
            for (int i = 0; i < HOLDERS; i++) {
                Lease lease = nodes.get(i % 2).acquire("busy-" + i, LoadedServer.PATIENCE);
                lease.onLost(lost::add);
                held.add(lease);
            }
            long end = System.nanoTime() + TIME.toNanos();
            List<CompletableFuture<Boolean>> waiters = new ArrayList<>();
            for (int i = 0; i < WAITERS; i++) {
                LockManager node = nodes.get(i % 4 / 2); // half of them where the lock is held
                String name = "busy-" + i % HOLDERS;
                waiters.add(CompletableFuture.supplyAsync(() -> waitUntilGranted(node, name, end), threads));
            }
            LoadedServer.letPass(Duration.ofNanos(end - System.nanoTime()));

            assertThat(lost).isEmpty();
            assertThat(held).allMatch(Lease::isHeld);
            // Of each node the pool, the connection kept aside, and the one that listens.
            assertThat(server.connections()).hasSizeLessThanOrEqualTo(2 * (POOL + 2));
            assertThat(refusals).hasValueGreaterThan(WAITERS);

            held.forEach(Lease::close);
            List<Boolean> served = waiters.stream()
                    .map(waiter -> waiter.orTimeout(60, TimeUnit.SECONDS).join())
                    .toList();
            assertThat(unexpected).isEmpty();
            assertThat(served).containsOnly(true);
            assertThat(lost).isEmpty();
        } finally {
            threads.shutdownNow();
        }
    }

    /** Comes back as often as it is refused, so that the pool has work; the last wait is patient. */
    private boolean waitUntilGranted(LockManager node, String name, long end) {
        while (true) {
            boolean last = System.nanoTime() - end > 0;
            try (Lease lease = node.acquire(name, last ? LoadedServer.PATIENCE : Duration.ofSeconds(4))) {
                return lease.isHeld();
            } catch (LockNotGrantedException refused) {
                refusals.incrementAndGet();
            } catch (LockException e) {
                unexpected.add(e);
                return false;
            }
        }
    }
}
