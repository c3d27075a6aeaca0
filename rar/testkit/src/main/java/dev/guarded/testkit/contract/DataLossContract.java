// SPDX-License-Identifier: Apache-2.0
package dev.guarded.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.guarded.lock.Lease;
import dev.guarded.lock.LeaseLostException;
import dev.guarded.lock.NamedLock;
import dev.guarded.lock.ReleaseOutcome;
import dev.guarded.testkit.Proves;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A store that forgot everything costs the leases it kept, and neither their owners' knowledge nor the token order. */
public abstract class DataLossContract extends Contract<FaultyCluster> {

    private static final Duration LEASE = Duration.ofMillis(1500);

    @Test
    @Proves({"H5", "#31", "law 11"})
    void tokensRiseAcrossALossOfData() {
        Lease before = lockOn(0).acquire(PATIENCE);
        before.release();
        for (int node = 0; node < 2; node++) {
            site().loseData();
            Lease after = acquired(lockOn(node));
            assertThat(after.fencingToken()).isGreaterThan(before.fencingToken());
            before = after;
        }
    }

    @Test
    @Proves({"H3", "#5", "law 2"})
    void theOwnerLearnsThatTheStoreForgotItsLease() {
        Lease lease = lockOn(0).acquire(PATIENCE);
        Losses losses = Losses.of(lease);
        site().loseData();
        losses.awaitNews();
        assertThat(lease.isHeld()).isFalse();
        assertThatThrownBy(lease::renew).isInstanceOf(LeaseLostException.class);
        Lease next = acquired(lockOn(1));
        assertThat(lease.release()).isEqualTo(ReleaseOutcome.NOT_OWNER);
        assertThat(next.isHeld()).isTrue();
        losses.assertOnce();
    }

    @Test
    @Proves({"H4", "#22", "law 3"})
    void anOwnerThatHasNotLearnedOfItYetHarmsNobody() {
        NamedLock lock = site().node(0).getOrCreateLock(name(), site().settings());
        NamedLock other = site().node(1).getOrCreateLock(name(), site().settings());
        Lease forgotten = lock.acquire(PATIENCE);
        site().loseData();
        Lease next = acquired(other);
        forgotten.release(); // what it answers is open: the store cannot tell this release from a repeated one
        assertTaken(lock);
        assertThat(next.isHeld()).isTrue();
        next.renew();
        assertThat(next.release()).isEqualTo(ReleaseOutcome.RELEASED);
    }

    @Test
    @Proves({"#10", "law 10"})
    void aWaiterWhosePlaceTheStoreForgotIsGrantedAllTheSame() {
        Lease held = lockOn(0).acquire(PATIENCE);
        Caller<Lease> waiter = startWaiting(lockOn(1));
        site().loseData();
        assertThat(waiter.result().isHeld()).isTrue();
        eventually().until(() -> !held.isHeld());
    }

    @Test
    @Proves({"#7", "law 10"})
    void bothNodesWorkOnAfterwards() {
        lockOn(0).acquire(PATIENCE).release();
        lockOn(1).acquire(PATIENCE).release();
        site().loseData();
        for (int round = 0; round < 6; round++) {
            acquired(lockOn(round % 2)).release();
        }
        Lease lease = acquired(lockOn(0));
        Caller<Lease> waiter = startWaiting(lockOn(1));
        lease.release();
        assertThat(waiter.result().isHeld()).isTrue();
    }

    private static Lease acquired(NamedLock lock) {
        Lease lease = lock.acquire(PATIENCE);
        assertThat(lease.isHeld()).isTrue();
        return lease;
    }

    private NamedLock lockOn(int node) {
        return site().node(node).getOrCreateLock(name(), site().settings().leaseTime(LEASE));
    }
}
