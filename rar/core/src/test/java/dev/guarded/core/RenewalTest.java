// SPDX-License-Identifier: Apache-2.0
package dev.guarded.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.guarded.core.spi.LockStore;
import dev.guarded.lock.Lease;
import dev.guarded.lock.LeaseLostException;
import dev.guarded.lock.LockSettings;
import dev.guarded.lock.NamedLock;
import dev.guarded.lock.ReleaseOutcome;
import dev.guarded.testkit.Proves;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class RenewalTest {

    private final Cluster cluster = new Cluster();
    private final NamedLock lock = cluster.one.getOrCreateLock("orders");
    private final List<LeaseLostException> losses = new ArrayList<>();

    @Test
    @Proves({"H14", "#41", "law 8"})
    void leaseLivesOnWhileItsOwnerDoes() {
        Lease lease = lock.acquire(Duration.ZERO);
        cluster.pass(Duration.ofMinutes(1));
        assertThat(lease.isHeld()).isTrue();
        assertThat(cluster.two.tryAcquire("orders")).isEmpty();
    }

    @Test
    @Proves({"H3", "#5", "#6", "law 7"})
    void leaseEndsForItsOwnerBeforeTheStoreMayHandItOn() {
        Lease lease = lock.acquire(Duration.ZERO);
        lease.onLost(losses::add);
        cluster.wireOne.cut();
        cluster.pass(Cluster.LEASE.minusMillis(50));
        assertThat(lease.isHeld()).isTrue();
        assertThat(cluster.two.tryAcquire("orders")).isEmpty();
        cluster.pass(Duration.ofMillis(50));
        assertThat(lease.isHeld()).isFalse();
        assertThat(losses).hasSize(1);
        cluster.pass(Duration.ofMillis(50));
        assertThat(cluster.two.tryAcquire("orders")).isPresent();
    }

    @Test
    @Proves("law 7")
    void lossOfManyLeasesIsToldPieceByPieceSoThatTheClockServesOthersInBetween() {
        int many = 2 * Renewals.MOST_AT_ONCE + 1;
        List<Long> told = new ArrayList<>();
        for (int i = 0; i < many; i++) {
            Kept.alive(cluster.one.acquire("order-" + i)).onLost(gone -> told.add(cluster.time.nanos()));
        }
        cluster.wireOne.cut();
        cluster.pass(Cluster.LEASE);
        assertThat(told).hasSize(many);
        told.forEach(
                moment -> assertThat(Collections.frequency(told, moment)).isLessThanOrEqualTo(Renewals.MOST_AT_ONCE));
    }

    @Test
    @Proves("law 7")
    void grantAmongTheLossesOfManyLeasesDelaysNoneOfThem() {
        int many = 2 * Renewals.MOST_AT_ONCE + 1;
        for (int i = 0; i < many; i++) {
            Kept.alive(cluster.one.acquire("order-" + i)).onLost(losses::add);
        }
        cluster.wireOne.answerRenewals(0);
        cluster.time.pause(Cluster.LEASE.plusMillis(1500));
        cluster.time.advance(Duration.ofMillis(1));
        assertThat(losses).hasSizeBetween(1, many - 1);
        Kept.alive(cluster.one.acquire("another"));
        cluster.pass(Duration.ofMillis(50));
        assertThat(losses).hasSize(many);
    }

    @Test
    @Proves({"#6", "law 7"})
    void leaseIsOverAtTheFirstInstructionAfterAPause() {
        Lease lease = lock.acquire(Duration.ZERO);
        lease.onLost(losses::add);
        cluster.time.pause(Duration.ofSeconds(4));
        assertThat(lease.isHeld()).isFalse();
        assertThat(lease.remaining()).isZero();
        cluster.pass(Duration.ofMillis(100));
        assertThat(losses).hasSize(1);
        assertThat(losses.get(0).fencingToken()).isEqualTo(lease.fencingToken());
    }

    @Test
    void leaseThatRanOutInAPauseIsLostAlsoIfItIsReleasedBeforeTheNextTick() {
        Lease lease = lock.acquire(Duration.ZERO);
        lease.onLost(losses::add);
        // Over for its owner, while the store has it for a few milliseconds still.
        cluster.time.pause(Cluster.LEASE.minusMillis(10));
        assertThat(lease.release()).isEqualTo(ReleaseOutcome.NOT_OWNER);
        cluster.pass(Duration.ofSeconds(1));
        assertThat(losses).hasSize(1);
        assertThat(cluster.one.tryAcquire("orders")).isPresent();
    }

    @Test
    void ownerWhoseReleaseFindsTheLockGoneIsTold() {
        Lease lease = lock.acquire(Duration.ZERO);
        lease.onLost(losses::add);
        cluster.store.lose("orders");
        lease.close();
        cluster.pass(Duration.ofSeconds(5));
        assertThat(losses).hasSize(1);
        assertThat(losses.get(0)).hasMessageContaining("no longer when it was released");
        assertThat(lease.isHeld()).isFalse();
        assertThat(cluster.one.tryAcquire("orders")).isPresent();
    }

    @Test
    void releaseThatIsAnsweredAfterTheLeaseRanOutSaysNothingOfALoss() {
        Lease lease = lock.acquire(Duration.ZERO);
        lease.onLost(losses::add);
        cluster.store.lose("orders");
        cluster.wireOne.afterReleaseOf("orders", () -> cluster.time.pause(Cluster.LEASE));
        assertThat(lease.release()).isEqualTo(ReleaseOutcome.UNKNOWN);
        cluster.pass(Duration.ofSeconds(5));
        assertThat(losses).isEmpty();
    }

    @Test
    void guardedCallWhoseReleaseFindsTheLockGoneDoesNotReturnAsIfNothingHadHappened() {
        assertThatThrownBy(() -> lock.run(Duration.ZERO, () -> cluster.store.lose("orders")))
                .isInstanceOf(LeaseLostException.class);
        assertThatThrownBy(() -> lock.tryRun(() -> cluster.store.lose("orders")))
                .isInstanceOf(LeaseLostException.class);
        assertThat(lock.tryRun(() -> {})).isTrue();
    }

    @Test
    @Proves({"#7", "law 8"})
    void unansweredRenewalIsRepeatedUntilTheLeaseEnds() {
        Lease lease = lock.acquire(Duration.ZERO);
        cluster.pass(Duration.ofMillis(900));
        cluster.wireOne.cut();
        cluster.pass(Duration.ofMillis(1700));
        cluster.wireOne.mend();
        cluster.pass(Duration.ofSeconds(5));
        assertThat(lease.isHeld()).isTrue();
    }

    @Test
    @Proves({"H3", "H4", "#5"})
    void lossAtTheStoreIsNoticedWithTheNextRenewal() {
        Lease lease = lock.acquire(Duration.ZERO);
        lease.onLost(losses::add);
        cluster.store.lose("orders");
        Lease next = cluster.two.acquire("orders", Duration.ZERO);
        cluster.pass(Duration.ofMillis(1100));
        assertThat(lease.isHeld()).isFalse();
        assertThat(losses).hasSize(1);
        assertThat(lease.release()).isEqualTo(ReleaseOutcome.NOT_OWNER);
        assertThat(next.isHeld()).isTrue();
        assertThat(next.fencingToken()).isGreaterThan(lease.fencingToken());
    }

    @Test
    @Proves({"#38", "law 8"})
    void oneLossDisturbsNoOtherRenewal() {
        Lease lost = lock.acquire(Duration.ZERO);
        Lease kept = cluster.one.acquire("invoices", Duration.ZERO);
        cluster.store.lose("orders");
        cluster.pass(Duration.ofSeconds(10));
        assertThat(lost.isHeld()).isFalse();
        assertThat(kept.isHeld()).isTrue();
    }

    @Test
    @Proves({"#38", "law 8"})
    void manyLeasesAreRenewedInFewRequests() {
        for (int i = 0; i < 100; i++) {
            Kept.alive(cluster.one.acquire("order:" + i, Duration.ZERO));
        }
        int before = cluster.wireOne.commands();
        cluster.pass(Duration.ofSeconds(3));
        assertThat(cluster.wireOne.commands() - before).isBetween(3, 5);
    }

    @Test
    @Proves({"#38", "law 8"})
    void requestThatIsNotAnsweredTakesNothingFromThoseBeforeItAndHoldsUpNoneBehindIt() {
        List<Lease> leases = new ArrayList<>();
        for (int i = 0; i <= 2 * LockStore.MOST_RENEWALS; i++) {
            leases.add(cluster.one.acquire("order:" + i, Duration.ZERO));
        }
        cluster.wireOne.answerRenewals(1);
        int before = cluster.wireOne.commands();
        cluster.time.advance(Cluster.LEASE.dividedBy(3));

        assertThat(cluster.wireOne.commands() - before).isEqualTo(2);
        Duration half = Cluster.LEASE.multipliedBy(4).dividedBy(5);
        assertThat(leases.stream().filter(lease -> lease.remaining().compareTo(half) > 0))
                .hasSize(LockStore.MOST_RENEWALS);
    }

    @Test
    @Proves("law 8")
    void shortestLeasesAreRenewedFirst() {
        List<NamedLock> locks = new ArrayList<>();
        for (int tenths = 9; tenths > 0; tenths--) {
            Duration leaseTime = Cluster.LEASE.plusMillis(100L * tenths);
            locks.add(cluster.one.getOrCreateLock(
                    "order:" + tenths, LockSettings.cluster().leaseTime(leaseTime)));
        }
        List<Lease> leases =
                locks.stream().map(each -> each.acquire(Duration.ZERO)).toList();
        Lease shortest = lock.acquire(Duration.ZERO);
        cluster.wireOne.answerRenewals(1);
        cluster.time.advance(Cluster.LEASE.dividedBy(3));

        assertThat(shortest.remaining())
                .isGreaterThan(Cluster.LEASE.multipliedBy(4).dividedBy(5));
        assertThat(leases).allMatch(lease -> lease.remaining().compareTo(Cluster.LEASE) < 0);
    }

    @Test
    @Proves({"#2", "law 8"})
    void releasedLockIsNeverRenewed() {
        Lease lease = lock.acquire(Duration.ZERO);
        lease.close();
        int before = cluster.wireOne.commands();
        cluster.pass(Duration.ofSeconds(10));
        assertThat(cluster.wireOne.commands()).isEqualTo(before);
    }

    @Test
    @Proves({"#4", "law 8"})
    void renewalEndsAtMaxHold() {
        NamedLock bounded =
                cluster.one.getOrCreateLock("bounded", LockSettings.cluster().maxHold(Duration.ofSeconds(10)));
        Lease lease = bounded.acquire(Duration.ZERO);
        cluster.pass(Duration.ofSeconds(8));
        assertThat(lease.isHeld()).isTrue();
        cluster.pass(Duration.ofSeconds(2));
        assertThat(lease.isHeld()).isFalse();
        assertThatThrownBy(lease::renew).isInstanceOf(LeaseLostException.class);
    }

    @Test
    void leaseWithMaxHoldEqualToItsLeaseTimeIsNeverRenewed() {
        NamedLock fixed =
                cluster.one.getOrCreateLock("fixed", LockSettings.cluster().maxHold(Cluster.LEASE));
        fixed.acquire(Duration.ZERO);
        int before = cluster.wireOne.commands();
        cluster.pass(Duration.ofMillis(2900));
        assertThat(cluster.wireOne.commands()).isEqualTo(before);
    }

    @Test
    @Proves("#41")
    void renewNowGivesAWholeLeaseTime() {
        Lease lease = lock.acquire(Duration.ZERO);
        cluster.time.pause(Duration.ofSeconds(2));
        lease.renew();
        assertThat(lease.remaining()).isGreaterThan(Duration.ofMillis(2900));
    }

    @Test
    void unexpectedFailureOfARenewalIsRepeatedLikeAnyOther() {
        Lease lease = lock.acquire(Duration.ZERO);
        cluster.wireOne.failNextRenewalWith(new InternalError("as nobody expects"));
        cluster.pass(Cluster.LEASE.multipliedBy(3));
        assertThat(lease.isHeld()).isTrue();
    }
}
