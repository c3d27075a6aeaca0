// SPDX-License-Identifier: Apache-2.0
package dev.guarded.core;

import dev.guarded.core.spi.Surroundings;
import dev.guarded.lock.Reach;
import java.time.Duration;

/** Two nodes on one store in memory, under manual time. The lease time is 3 s, so a third is 1 s. */
final class Cluster {

    static final Duration LEASE = Duration.ofSeconds(3);

    final ManualTime time = new ManualTime();
    final MemoryStore store = new MemoryStore(time);
    final MemoryNode wireOne = new MemoryNode(store);
    final MemoryNode wireTwo = new MemoryNode(store);
    final TestTransactions transactions = new TestTransactions();
    final LockEngine one = engine("node-one", wireOne, transactions);
    final LockEngine two = engine("node-two", wireTwo, Surroundings.PLAIN);

    private LockEngine engine(String name, MemoryNode wire, Surroundings surroundings) {
        EngineSettings settings =
                new EngineSettings(name, Reach.CLUSTER, Duration.ofSeconds(30), LEASE, Duration.ofHours(1), 20);
        return LockEngine.open(settings, wire, time, time, surroundings);
    }

    /** Lets time pass in small steps, so that whoever is woken acts when it is due. */
    void pass(Duration duration) {
        for (Duration left = duration; !left.isZero(); left = left.minusMillis(Math.min(50, left.toMillis()))) {
            time.advance(Duration.ofMillis(Math.min(50, left.toMillis())));
        }
    }
}
