// SPDX-License-Identifier: Apache-2.0
package dev.guarded.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.guarded.lock.Lease;
import dev.guarded.lock.LockSettings;
import dev.guarded.lock.NamedLock;
import dev.guarded.testkit.Proves;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What several nodes share at once: reading, and permits. */
public abstract class ClusterSharingContract extends Contract<FaultyCluster> {

    private static final Duration SHORT = Duration.ofMillis(600);

    private NamedLock on(int node, LockSettings settings) {
        return site().node(node).getOrCreateLock(name(), settings);
    }

    private NamedLock on(int node) {
        return on(node, settings());
    }

    @Test
    void readersOfTwoNodesShareAndAWriterOfAThirdPartyWaits() {
        Lease here = elsewhere(() -> on(0).readLock().acquire(PATIENCE));
        Lease there = elsewhere(() -> on(1).readLock().acquire(PATIENCE));
        assertTaken(on(0));
        assertTaken(on(1));
        Caller<Lease> writer = startWaiting(on(1));
        here.close();
        there.close();
        assertThat(writer.result().isHeld()).isTrue();
        assertTaken(on(0).readLock());
    }

    @Test
    void aReaderOfAnotherNodeWaitsBehindAWriterThatQueues() {
        Lease reading = elsewhere(() -> on(0).readLock().acquire(PATIENCE));
        Caller<Lease> writer = startWaiting(on(1));
        Caller<Lease> late = start(() -> on(0).readLock().acquire(PATIENCE));
        eventually().until(() -> on(1).status().waiters() == 2);
        assertThat(late.isDone()).isFalse();
        reading.close();
        Lease writing = writer.result();
        assertThat(late.isDone()).isFalse();
        writing.close();
        assertThat(late.result().isHeld()).isTrue();
    }

    @Test
    void downgradingLetsReadersOfAnotherNodeIn() {
        Lease lease = elsewhere(() -> on(0).acquire(PATIENCE));
        Caller<Lease> reader = startWaiting(on(1).readLock());
        Caller<Lease> writer = start(() -> on(1).acquire(PATIENCE));
        lease.downgrade();
        assertThat(reader.result().isHeld()).isTrue();
        assertThat(writer.isDone()).isFalse();
        reader.result().close();
        lease.close();
        assertThat(writer.result().isHeld()).isTrue();
    }

    @Test
    void aDowngradedLeaseIsRenewed() {
        NamedLock lock = on(0, settings().leaseTime(SHORT));
        Lease lease = elsewhere(() -> lock.acquire(PATIENCE));
        lease.downgrade();
        Losses losses = Losses.of(lease);
        letPass(SHORT.multipliedBy(3));
        assertThat(lease.isHeld()).isTrue();
        losses.assertNone();
        assertTaken(on(1, settings().leaseTime(SHORT)));
    }

    @Test
    void permitsAreCountedAcrossNodes() {
        LockSettings two = settings().permits(2);
        Lease here = elsewhere(() -> on(0, two).acquire(PATIENCE));
        Lease there = elsewhere(() -> on(1, two).acquire(PATIENCE));
        assertTaken(on(0, two));
        assertTaken(on(1, two));
        Caller<Lease> waiter = startWaiting(on(1, two));
        here.close();
        assertThat(waiter.result().isHeld()).isTrue();
        assertThat(there.isHeld()).isTrue();
    }

    @Test
    @Proves("#33")
    void aPermitOfADeadNodeComesBackWhenItsLeaseEnds() {
        LockSettings two = settings().permits(2).leaseTime(SHORT);
        Lease dead = elsewhere(() -> on(0, two).acquire(PATIENCE));
        Lease alive = elsewhere(() -> on(1, two).acquire(PATIENCE));
        Losses losses = Losses.of(dead);
        site().cutOff(0);
        Lease next = elsewhere(() -> on(1, two).acquire(PATIENCE));
        assertThat(dead.isHeld()).isFalse();
        losses.awaitNews();
        assertThat(alive.isHeld()).isTrue();
        assertThat(next.isHeld()).isTrue();
    }

    @Test
    @Proves("#30")
    void aReaderOfADeadNodeKeepsAWriterOutNoLongerThanItsLease() {
        LockSettings shortLived = settings().leaseTime(SHORT);
        Lease dead = elsewhere(() -> on(0, shortLived).readLock().acquire(PATIENCE));
        Lease alive = elsewhere(() -> on(1, shortLived).readLock().acquire(PATIENCE));
        site().cutOff(0);
        Caller<Lease> writer = startWaiting(on(1, shortLived));
        letPass(SHORT.multipliedBy(2));
        assertThat(dead.isHeld()).isFalse();
        assertThat(alive.isHeld()).isTrue();
        assertThat(writer.isDone()).isFalse();
        alive.close();
        assertThat(writer.result().isHeld()).isTrue();
    }

    @Test
    @Proves("law 3")
    void aLateReleaseOfAPermitLeavesTheOthersAlone() {
        LockSettings two = settings().permits(2).leaseTime(SHORT);
        Lease late = elsewhere(() -> on(0, two).acquire(PATIENCE));
        site().cutOff(0);
        Lease first = elsewhere(() -> on(1, two).acquire(PATIENCE));
        Lease second = elsewhere(() -> on(1, two).acquire(PATIENCE));
        site().reconnect(0);
        late.release();
        assertThat(first.isHeld()).isTrue();
        assertThat(second.isHeld()).isTrue();
        assertTaken(on(1, two));
    }
}
