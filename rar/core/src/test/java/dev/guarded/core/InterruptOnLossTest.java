// SPDX-License-Identifier: Apache-2.0
package dev.guarded.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.guarded.lock.Lease;
import dev.guarded.lock.LockSettings;
import dev.guarded.lock.NamedLock;
import dev.guarded.testkit.Proves;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Loss may interrupt the thread that works under the lease. */
class InterruptOnLossTest {

    private final Cluster cluster = new Cluster();
    private final NamedLock lock = cluster.one.getOrCreateLock("job");

    @AfterEach
    void clearTheFlag() {
        Thread.interrupted();
    }

    @Test
    @Proves({"#5", "#40"})
    void lossInterruptsTheThreadThatAskedForItOnce() {
        Lease lease = lock.acquire(Duration.ZERO).interruptOnLoss();
        cluster.store.lose("job");
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
        cluster.pass(Cluster.LEASE);
        assertThat(Thread.interrupted()).isTrue();
        cluster.pass(Cluster.LEASE.multipliedBy(2));
        lease.close();
        assertThat(Thread.interrupted()).isFalse();
    }

    @Test
    @Proves("#40")
    void lossInterruptsNobodyWhoDidNotAsk() {
        Lease lease = lock.acquire(Duration.ZERO);
        cluster.store.lose("job");
        cluster.pass(Cluster.LEASE);
        assertThat(lease.isHeld()).isFalse();
        assertThat(Thread.interrupted()).isFalse();
    }

    @Test
    @Proves("#40")
    void nobodyIsInterruptedAfterTheRelease() {
        Lease lease = lock.acquire(Duration.ZERO).interruptOnLoss();
        lease.close();
        cluster.store.loseEverything();
        cluster.pass(Cluster.LEASE.multipliedBy(2));
        assertThat(Thread.interrupted()).isFalse();
    }

    @Test
    void whoAsksAfterTheLossIsInterruptedAtOnce() {
        Lease lease = lock.acquire(Duration.ZERO);
        cluster.store.lose("job");
        cluster.pass(Cluster.LEASE);
        lease.interruptOnLoss();
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void whoAsksAfterTheReleaseIsNotInterrupted() {
        Lease lease = lock.acquire(Duration.ZERO);
        lease.close();
        lease.interruptOnLoss();
        assertThat(Thread.interrupted()).isFalse();
    }

    @Test
    void endOfALocalLeaseInterrupts() {
        NamedLock local = cluster.one.getOrCreateLock(
                "local", LockSettings.local().leaseTime(Duration.ofSeconds(1)).maxHold(Duration.ofSeconds(2)));
        Lease lease = local.acquire(Duration.ZERO).interruptOnLoss();
        cluster.pass(Duration.ofMillis(2100));
        assertThat(lease.isHeld()).isFalse();
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void releasedLeasesOfALocalLockLeaveNothingPlanned() {
        NamedLock local = cluster.one.getOrCreateLock("local", LockSettings.local());
        cluster.pass(Duration.ofSeconds(1));
        int before = cluster.time.planned();
        for (int i = 0; i < 100; i++) {
            try (Lease lease = local.acquire(Duration.ZERO)) {
                lease.interruptOnLoss();
                lease.onLost(loss -> {});
            }
        }
        assertThat(cluster.time.planned()).isEqualTo(before);
    }

    @Test
    void ownerWhoseReleaseFindsTheLockGoneIsNotInterrupted() {
        Lease lease = lock.acquire(Duration.ZERO).interruptOnLoss();
        cluster.store.lose("job");
        lease.close();
        cluster.pass(Cluster.LEASE);
        assertThat(Thread.interrupted()).isFalse();
    }
}
