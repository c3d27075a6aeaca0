// SPDX-License-Identifier: Apache-2.0
package dev.guarded.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.guarded.lock.Lease;
import dev.guarded.lock.LeaseLostException;
import dev.guarded.lock.LockSettings;
import dev.guarded.lock.NamedLock;
import dev.guarded.lock.ReleaseOutcome;
import dev.guarded.testkit.Proves;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class HandOverTest {

    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private final Cluster cluster = new Cluster();
    private final NamedLock one = cluster.one.getOrCreateLock("orders");
    private final NamedLock two = cluster.two.getOrCreateLock("orders");

    @Test
    @Proves({"#13", "law 10"})
    void handOverInsideAJvmCostsNoCommand() {
        Lease first = one.acquire(Duration.ZERO);
        Waiting waiting = Waiting.start(cluster.time, one, PATIENCE);
        int before = cluster.wireOne.commands();
        first.close();
        Lease second = waiting.granted();
        assertThat(cluster.wireOne.commands()).isEqualTo(before);
        assertThat(second.fencingToken()).isEqualTo(first.fencingToken() + 1);
    }

    @Test
    void forcedReleaseOnItsOwnNodeTellsAnHeirFromTheHolderThatWasShown() {
        Lease first = one.acquire(Duration.ZERO);
        Waiting waiting = Waiting.start(cluster.time, one, PATIENCE);
        first.close();
        Lease heir = waiting.granted();
        assertThat(one.forceRelease(first.fencingToken())).isEqualTo(ReleaseOutcome.NOT_OWNER);
        assertThat(heir.isHeld()).isTrue();
        assertThat(two.isLocked()).isTrue();
        assertThat(one.forceRelease(heir.fencingToken())).isEqualTo(ReleaseOutcome.RELEASED);
        assertThat(heir.isHeld()).isFalse();
    }

    @Test
    void forcedReleaseFromAnotherNodeTakesTheGrantWhoeverInheritedItAndTells() {
        Lease first = one.acquire(Duration.ZERO);
        long shown = two.status().holder().orElseThrow().fencingToken();
        Waiting waiting = Waiting.start(cluster.time, one, PATIENCE);
        first.close();
        Lease heir = waiting.granted();
        List<LeaseLostException> losses = new ArrayList<>();
        heir.onLost(losses::add);
        assertThat(two.status().holder().orElseThrow().fencingToken())
                .as("the store has not heard of the hand-over")
                .isEqualTo(shown);
        assertThat(two.forceRelease(shown)).isEqualTo(ReleaseOutcome.RELEASED);
        cluster.pass(Duration.ofMillis(100));
        assertThat(heir.isHeld()).isFalse();
        assertThat(losses).hasSize(1);
        assertThat(two.acquire(Duration.ZERO).fencingToken()).isGreaterThan(heir.fencingToken());
    }

    @Test
    @Proves({"H18", "law 10"})
    void handOverEndsFiveMillisecondsAfterAnotherNodeWaits() {
        Lease first = one.acquire(Duration.ZERO);
        Waiting own = Waiting.start(cluster.time, one, PATIENCE);
        Waiting other = Waiting.start(cluster.time, two, PATIENCE);
        cluster.pass(Duration.ofMillis(10));
        first.close();
        Lease second = own.granted();
        Waiting third = Waiting.start(cluster.time, one, PATIENCE);
        cluster.time.pause(Duration.ofMillis(6));
        second.close();
        assertThat(other.granted().isHeld()).isTrue();
        third.stillWaits();
    }

    @Test
    @Proves({"H18", "law 10"})
    void handOverIsBoundedInNumberWhileAnotherNodeWaits() {
        Lease lease = one.acquire(Duration.ZERO);
        Waiting other = Waiting.start(cluster.time, two, PATIENCE);
        int handOvers = 0;
        Waiting next = Waiting.start(cluster.time, one, PATIENCE);
        while (handOvers < 300) {
            Waiting after = Waiting.start(cluster.time, one, PATIENCE);
            lease.close();
            if (cluster.two
                    .getOrCreateLock("orders")
                    .status()
                    .holder()
                    .orElseThrow()
                    .node()
                    .equals("node-two")) {
                break;
            }
            lease = next.granted();
            next = after;
            handOvers++;
        }
        assertThat(handOvers).isEqualTo(256);
        other.granted();
    }

    @Test
    @Proves({"H18", "law 10"})
    void waitersOfOneJvmAreServedInTheOrderInWhichTheyCame() {
        Lease lease = one.acquire(Duration.ZERO);
        Waiting[] waiting = new Waiting[5];
        for (int i = 0; i < waiting.length; i++) {
            waiting[i] = Waiting.start(cluster.time, one, PATIENCE);
        }
        for (int i = 0; i < waiting.length; i++) {
            for (int later = i; later < waiting.length; later++) {
                waiting[later].stillWaits();
            }
            lease.close();
            lease = waiting[i].granted();
        }
    }

    @Test
    @Proves("law 7")
    void rightThatIsAboutToEndGoesBackToTheStoreFirst() {
        Lease first = one.acquire(Duration.ZERO);
        Waiting waiting = Waiting.start(cluster.time, one, PATIENCE);
        cluster.time.pause(Duration.ofMillis(2800));
        first.close();
        Lease second = waiting.granted();
        assertThat(second.fencingToken() / StoreHold.LEASES_A_FENCE)
                .isGreaterThan(first.fencingToken() / StoreHold.LEASES_A_FENCE);
        assertThat(second.remaining()).isGreaterThan(Duration.ofMillis(2900));
    }

    @Test
    @Proves("H3")
    void lossOfTheRightSendsTheNextWaiterToTheStore() {
        Lease first = one.acquire(Duration.ZERO);
        Waiting waiting = Waiting.start(cluster.time, one, PATIENCE);
        cluster.store.lose("orders");
        cluster.pass(Duration.ofMillis(1200));
        assertThat(first.isHeld()).isFalse();
        assertThat(waiting.granted().isHeld()).isTrue();
    }

    @Test
    void lockKeptAtLeastForAWhileStaysTakenAfterItsRelease() {
        LockSettings settings = LockSettings.cluster().atLeastFor(Duration.ofSeconds(10));
        NamedLock job = cluster.one.getOrCreateLock("job", settings);
        NamedLock elsewhere = cluster.two.getOrCreateLock("job", settings);
        job.acquire(Duration.ZERO).close();
        cluster.pass(Duration.ofMillis(9900));
        assertThat(elsewhere.tryAcquire()).isEmpty();
        assertThat(job.tryAcquire()).isEmpty();
        cluster.pass(Duration.ofMillis(200));
        assertThat(elsewhere.tryAcquire()).isPresent();
    }

    @Test
    void heirOfARightThatWasNearItsMaxHoldIsRenewed() {
        NamedLock bounded =
                cluster.one.getOrCreateLock("bounded", LockSettings.cluster().maxHold(Duration.ofSeconds(10)));
        Lease first = bounded.acquire(Duration.ZERO);
        Waiting waiting = Waiting.start(cluster.time, bounded, PATIENCE);
        cluster.pass(Duration.ofMillis(8500));
        first.close();
        Lease heir = waiting.granted();
        cluster.pass(Duration.ofSeconds(8));
        assertThat(heir.isHeld()).isTrue();
        cluster.pass(Duration.ofSeconds(3));
        assertThat(heir.isHeld()).isFalse();
    }

    @Test
    void forcedReleaseFromAnotherNodeIsHeardOfAlsoByAHolderWhoIsNotRenewed() {
        LockSettings fixed =
                LockSettings.cluster().leaseTime(Duration.ofHours(1)).maxHold(Duration.ofHours(1));
        Lease lease = cluster.one.getOrCreateLock("fixed", fixed).acquire(Duration.ZERO);
        cluster.pass(Duration.ofSeconds(1));
        NamedLock elsewhere = cluster.two.getOrCreateLock("fixed", fixed);
        long shown = elsewhere.status().holder().orElseThrow().fencingToken();
        assertThat(elsewhere.forceRelease(shown)).isEqualTo(ReleaseOutcome.RELEASED);
        cluster.pass(Duration.ofMillis(100));
        assertThat(lease.isHeld()).isFalse();
    }
}
