// SPDX-License-Identifier: Apache-2.0
package dev.guarded.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.guarded.lock.Lease;
import dev.guarded.lock.NamedLock;
import dev.guarded.testkit.Proves;
import org.junit.jupiter.api.Test;

/** Tokens rise from node to node as they do within one. */
public abstract class ClusterFencingContract extends Contract<Cluster> {

    @Test
    @Proves({"H5", "law 11"})
    void tokensRiseFromNodeToNode() {
        long last = 0;
        for (int i = 0; i < 30; i++) {
            Lease lease = lockOn(i / 2 % 2).acquire(PATIENCE);
            assertThat(lease.fencingToken()).isGreaterThan(last);
            last = lease.fencingToken();
            lease.close();
        }
    }

    @Test
    @Proves({"H5", "law 11"})
    void tokensRiseWhenLocalHandOversAndNodesAlternate() {
        long last = 0;
        for (int round = 0; round < 5; round++) {
            NamedLock here = lockOn(round % 2);
            NamedLock there = lockOn((round + 1) % 2);
            Lease first = here.acquire(PATIENCE);
            Caller<Long> neighbour = start(() -> tokenOf(here));
            awaitWaiters(here, 1);
            Caller<Long> remote = start(() -> tokenOf(there));
            awaitWaiters(here, 2);
            assertThat(first.fencingToken()).isGreaterThan(last);
            first.close();
            assertThat(neighbour.result()).isGreaterThan(first.fencingToken());
            assertThat(remote.result()).isGreaterThan(first.fencingToken()).isNotEqualTo(neighbour.result());
            last = Math.max(neighbour.result(), remote.result());
        }
    }

    private static long tokenOf(NamedLock lock) {
        Lease lease = lock.acquire(PATIENCE);
        long token = lease.fencingToken();
        lease.close();
        return token;
    }

    private NamedLock lockOn(int node) {
        return site().node(node).getOrCreateLock(name(), site().settings());
    }
}
