// SPDX-License-Identifier: Apache-2.0
package dev.guarded.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.guarded.lock.Lease;
import dev.guarded.lock.LeaseLostException;
import dev.guarded.lock.LockNotGrantedException;
import dev.guarded.lock.NamedLock;
import dev.guarded.lock.ReleaseOutcome;
import dev.guarded.testkit.Proves;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A crashed holder's lock goes on after its lease and not before; a stalled one learns what happened to it. */
public abstract class LeaseExpiryContract extends Contract<FaultyCluster> {

    private static final Duration LEASE = Duration.ofMillis(1500);

    @Test
    @Proves({"H8", "H3", "#10", "law 1", "law 7"})
    void aCrashedHoldersLockIsGrantedAfterItsLeaseAndNotBefore() {
        NamedLock other = lockOn(1);
        long asked = System.nanoTime();
        Lease crashed = lockOn(0).acquire(PATIENCE);
        Caller<Lease> waiter = start(() -> {
            Lease granted = other.acquire(PATIENCE);
            assertThat(crashed.isHeld()).as("the old lease at the new grant").isFalse();
            return granted;
        });
        awaitWaiters(other, 1);
        site().cutOff(0);
        long cut = System.nanoTime();
        Lease granted = waiter.result();
        assertThat(Duration.ofNanos(waiter.endedAt() - asked)).isGreaterThanOrEqualTo(LEASE);
        assertThat(Duration.ofNanos(waiter.endedAt() - cut)).isLessThan(LEASE.plus(ONE_COMMAND));
        assertThat(granted.fencingToken()).isGreaterThan(crashed.fencingToken());
    }

    @Test
    @Proves({"H3", "H4", "#5", "#6", "law 7"})
    void aStalledOwnerLearnsOfItsLoss() {
        Lease lease = lockOn(0).acquire(PATIENCE);
        Losses losses = Losses.of(lease);
        site().cutOff(0);
        losses.awaitNews();
        assertThat(lease.isHeld()).isFalse();
        assertThat(lease.remaining()).isEqualTo(Duration.ZERO);
        assertThatThrownBy(lease::renew).isInstanceOf(LeaseLostException.class);
        assertThat(lease.release()).isEqualTo(ReleaseOutcome.NOT_OWNER);
        lease.close();
        site().reconnect(0);
        assertFree(lockOn(0));
        losses.assertOnce();
    }

    @Test
    @Proves({"H4", "A17", "#17", "#22", "law 3"})
    void aReleaseAfterTheOutageLeavesTheNextOwnerAlone() {
        Lease stale = lockOn(0).acquire(PATIENCE);
        site().cutOff(0);
        Lease next = lockOn(1).acquire(PATIENCE);
        site().reconnect(0);
        assertThat(stale.isHeld()).isFalse();
        assertThat(stale.release()).isEqualTo(ReleaseOutcome.NOT_OWNER);
        stale.close();
        // What node 0 still wanted to tell the store has got through by the time its own wait is over.
        assertThat(start(() -> lockOn(0).acquire(LEASE.multipliedBy(2))).failure())
                .isInstanceOf(LockNotGrantedException.class);
        assertThat(next.isHeld()).isTrue();
        next.renew();
        assertThat(next.release()).isEqualTo(ReleaseOutcome.RELEASED);
    }

    @Test
    @Proves({"#7", "law 8"})
    void anOutageShorterThanTheLeaseCostsNothing() {
        Lease lease = lockOn(0).acquire(PATIENCE);
        Losses losses = Losses.of(lease);
        site().cutOff(0);
        letPass(LEASE.dividedBy(3));
        site().reconnect(0);
        assertThat(start(() -> lockOn(1).acquire(LEASE.multipliedBy(2))).failure())
                .isInstanceOf(LockNotGrantedException.class);
        assertThat(lease.isHeld()).isTrue();
        assertThat(lease.release()).isEqualTo(ReleaseOutcome.RELEASED);
        losses.assertNone();
    }

    @Test
    @Proves({"#7", "#38", "law 8"})
    void oneLocksLossLeavesTheOthersAlone() {
        Lease lost = lockOn(0).acquire(PATIENCE);
        NamedLock longer = site().node(0).getOrCreateLock(name() + "-longer", site().settings());
        Lease kept = longer.acquire(PATIENCE);
        site().cutOff(0);
        Losses.of(lost).awaitNews();
        site().reconnect(0);
        eventually().ignoreExceptions().untilAsserted(kept::renew);
        assertThat(kept.isHeld()).isTrue();
        assertThat(kept.release()).isEqualTo(ReleaseOutcome.RELEASED);
    }

    @Test
    @Proves({"#7", "law 8"})
    void theLeaseAfterALossIsRenewedAgain() {
        for (int round = 0; round < 2; round++) {
            Lease lost = lockOn(0).acquire(PATIENCE);
            site().cutOff(0);
            Losses.of(lost).awaitNews();
            site().reconnect(0);
        }
        Lease lease = lockOn(0).acquire(PATIENCE);
        assertThat(start(() -> lockOn(1).acquire(LEASE.multipliedBy(2))).failure())
                .isInstanceOf(LockNotGrantedException.class);
        assertThat(lease.isHeld()).isTrue();
    }

    @Test
    @Proves({"#30", "law 10"})
    void aCrashedWaiterDelaysTheOthersByNoMoreThanItsLease() {
        Lease held = lockOn(1).acquire(PATIENCE);
        Caller<Lease> crashed = startWaiting(lockOn(0));
        awaitWaiters(lockOn(1), 1);
        Caller<Lease> waiter = startWaiting(lockOn(1));
        site().cutOff(0);
        long before = System.nanoTime();
        held.release();
        assertThat(waiter.result().isHeld()).isTrue();
        assertThat(Duration.ofNanos(waiter.endedAt() - before)).isLessThan(LEASE.plus(ONE_COMMAND));
        assertThat(crashed.isDone()).isFalse();
    }

    private NamedLock lockOn(int node) {
        return site().node(node).getOrCreateLock(name(), site().settings().leaseTime(LEASE));
    }
}
