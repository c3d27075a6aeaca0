// SPDX-License-Identifier: Apache-2.0
package dev.guarded.redis.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.guarded.lock.Lease;
import dev.guarded.lock.LeaseLostException;
import dev.guarded.lock.LockManager;
import dev.guarded.testkit.Proves;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;

class ManyLeasesTest {

    private static final int LEASES = 10_000;
    private static final int MOST_REQUESTS_A_PERIOD = 25;
    private static final Duration LEASE = Duration.ofSeconds(12);
    private static final Duration PERIOD = LEASE.dividedBy(3);
    private static final int PERIODS = 2;

    @Test
    @Proves({"#38", "law 8"})
    void tenThousandLeasesAreRenewedInTimeByFewRequestsOnOneConnection() {
        ConcurrentLinkedQueue<LeaseLostException> lost = new ConcurrentLinkedQueue<>();
        try (LoadedServer server = new LoadedServer()) {
            LockManager locks = server.node(LEASE, 4);
            List<Lease> held = new ArrayList<>();
            for (int i = 0; i < LEASES; i++) {
                Lease lease = locks.acquire("kept-" + i, LoadedServer.PATIENCE).detach();
                lease.onLost(lost::add);
                held.add(lease);
            }
            long before = requests(server);
            Duration shortest = watch(held, PERIOD.multipliedBy(PERIODS));

            assertThat(requests(server) - before)
                    .isBetween(20L * (PERIODS - 1), (long) MOST_REQUESTS_A_PERIOD * PERIODS);
            assertThat(usedWithin(server, PERIOD)).as("connections in use").hasSizeLessThanOrEqualTo(2);
            assertThat(lost).isEmpty();
            // Due after a third of a lease, so never less than two thirds are left, less what the renewal is late.
            assertThat(shortest).isGreaterThan(LEASE.dividedBy(3));
        }
    }

    /** Returns the shortest that was left of any lease meanwhile. */
    private static Duration watch(List<Lease> held, Duration time) {
        Duration shortest = LEASE;
        for (long end = System.nanoTime() + time.toNanos(); System.nanoTime() - end < 0; ) {
            Duration left = held.stream()
                    .map(Lease::remaining)
                    .min(Comparator.naturalOrder())
                    .orElseThrow();
            shortest = left.compareTo(shortest) < 0 ? left : shortest;
            LoadedServer.letPass(Duration.ofMillis(100));
        }
        return shortest;
    }

    private static long requests(LoadedServer server) {
        return server.calls("evalsha") + server.calls("eval") + server.calls("ping") + server.calls("subscribe");
    }

    private static List<String> usedWithin(LoadedServer server, Duration time) {
        return server.connections().stream()
                .filter(line -> Integer.parseInt(line.replaceAll(".* idle=(\\d+) .*", "$1")) < time.toSeconds())
                .toList();
    }
}
