// SPDX-License-Identifier: Apache-2.0
package dev.guarded.redis.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.guarded.lock.AcquireInterruptedException;
import dev.guarded.lock.Lease;
import dev.guarded.lock.LockManager;
import dev.guarded.testkit.Proves;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class InterruptStormTest {

    private static final int CYCLES = 10_000;
    private static final int THREADS = 10;
    private static final Duration LEASE = Duration.ofSeconds(3);

    private final AtomicInteger granted = new AtomicInteger();
    private final AtomicInteger interrupted = new AtomicInteger();

    @Test
    @Proves({"H10", "#2", "#3", "law 5", "law 8"})
    void tenThousandInterruptedAcquisitionsLeaveNoKeyAfterOneLease() {
        try (LoadedServer server = new LoadedServer()) {
            List<LockManager> nodes = List.of(server.node(LEASE, 20), server.node(LEASE, 20));
            List<Thread> workers = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                LockManager node = nodes.get(i % 2);
                String name = "stormy-" + i % 3;
                workers.add(new Thread(() -> work(node, name), "worker-" + i));
            }
            workers.forEach(Thread::start);
            interruptUntilDone(workers);

            assertThat(cycles()).isEqualTo(CYCLES);
            assertThat(granted).hasValueGreaterThan(CYCLES / 20);
            assertThat(interrupted).hasValueGreaterThan(CYCLES / 20);
            Awaitility.await()
                    .atMost(LEASE)
                    .untilAsserted(() -> assertThat(server.keysOfUse()).isEmpty());
            long fences = livesOf(server.keys("f"));
            // Whoever still renewed something would do so within a third of a lease.
            LoadedServer.letPass(LEASE.dividedBy(2));
            assertThat(server.keysOfUse()).isEmpty();
            assertThat(livesOf(server.keys("f"))).isLessThan(fences);
        }
    }

    private void work(LockManager node, String name) {
        for (int i = 0; i < CYCLES / THREADS; i++) {
            Thread.interrupted(); // what comes between two cycles interrupts nothing
            try {
                Lease lease = node.acquire(name, LoadedServer.PATIENCE);
                granted.incrementAndGet();
                lease.release();
            } catch (AcquireInterruptedException given) {
                interrupted.incrementAndGet();
            }
        }
    }

    /** Lets about every other attempt be interrupted, however fast the machine is. */
    private void interruptUntilDone(List<Thread> workers) {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        while (workers.stream().anyMatch(Thread::isAlive)) {
            if (interrupted.get() <= granted.get()) {
                workers.get(random.nextInt(workers.size())).interrupt();
            } else {
                LockSupport.parkNanos(random.nextLong(200_000));
            }
        }
    }

    private int cycles() {
        return granted.get() + interrupted.get();
    }

    private static long livesOf(List<String> keys) {
        return keys.stream()
                .mapToLong(key -> Long.parseLong(key.substring(key.lastIndexOf(' ') + 1)))
                .sum();
    }
}
