// SPDX-License-Identifier: Apache-2.0
package dev.guarded.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.guarded.lock.Lease;
import dev.guarded.lock.LockStatus;
import dev.guarded.lock.NamedLock;
import dev.guarded.testkit.Proves;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A lock has one holder among all nodes that share a store. */
public abstract class ClusterExclusionContract extends Contract<Cluster> {

    private static final int THREADS_A_NODE = 4;
    private static final int ROUNDS = 40;

    @Test
    @Proves({"H1", "B1", "law 1", "law 11"})
    void nodesNeverMeet() {
        Counter counter = new Counter();
        History history = new History();
        List<Caller<Boolean>> callers = new ArrayList<>();
        for (int i = 0; i < 2 * THREADS_A_NODE; i++) {
            NamedLock lock = lockOn(i % 2);
            History.Page page = history.newPage();
            callers.add(start(() -> {
                for (int round = 0; round < ROUNDS; round++) {
                    page.during(lock, PATIENCE, counter::increment);
                }
                return true;
            }));
        }
        callers.forEach(Caller::result);
        assertThat(counter.value()).isEqualTo(2 * THREADS_A_NODE * ROUNDS);
        history.assertNeverTwoHolders();
        history.assertTokensRose();
    }

    @Test
    @Proves({"A13", "H1", "R7"})
    void aLockHeldOnOneNodeIsRefusedOnTheOther() {
        Lease lease = lockOn(0).acquire(PATIENCE);
        assertTaken(lockOn(1));
        assertThat(lockOn(1).isLocked()).isTrue();
        lease.close();
        assertFree(lockOn(1));
        assertThat(lockOn(0).isLocked()).isFalse();
    }

    @Test
    @Proves("#36")
    void everyNodeSeesWhoHoldsTheLock() {
        Lease lease = lockOn(0).acquire(PATIENCE);
        for (int node = 0; node < 2; node++) {
            LockStatus status = lockOn(node).status();
            assertThat(status.name()).isEqualTo(name());
            assertThat(status.holder()).hasValueSatisfying(holder -> {
                assertThat(holder.thread()).isEqualTo(callersName());
                assertThat(holder.fencingToken()).isEqualTo(lease.fencingToken());
                assertThat(holder.leaseLeft()).isPositive();
                assertThat(holder.node()).isNotEmpty();
            });
        }
        lease.close();
        assertThat(lockOn(1).status().holder()).isEmpty();
    }

    @Test
    @Proves("law 1")
    void twoNamesWithOneKeyExcludeEachOtherAcrossNodes() {
        NamedLock one =
                site().node(0).getOrCreateLock(name() + "-one", settings().key(name()));
        NamedLock other =
                site().node(1).getOrCreateLock(name() + "-other", settings().key(name()));
        Lease lease = one.acquire(PATIENCE);
        assertTaken(other);
        lease.close();
        assertFree(other);
    }

    @Test
    @Proves({"E13", "law 16"})
    void namesThatLookAlikeAreDifferentLocksOnEveryNode() {
        List<NamedLock> locks = new ArrayList<>();
        List<Lease> leases = new ArrayList<>();
        for (String hostile : HostileNames.distinct(name())) {
            leases.add(site().node(0).getOrCreateLock(hostile, settings()).acquire(PATIENCE));
            locks.add(site().node(1).getOrCreateLock(hostile, settings()));
        }
        locks.forEach(this::assertTaken);
        for (int i = 0; i < leases.size(); i++) {
            leases.get(i).close();
            assertFree(locks.get(i));
            locks.subList(i + 1, locks.size())
                    .forEach(later ->
                            assertThat(later.isLocked()).as(later.name()).isTrue());
        }
    }

    private NamedLock lockOn(int node) {
        return site().node(node).getOrCreateLock(name(), settings());
    }
}
