// SPDX-License-Identifier: Apache-2.0
package dev.guarded.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.guarded.lock.AcquireInterruptedException;
import dev.guarded.lock.Lease;
import dev.guarded.lock.LockNotGrantedException;
import dev.guarded.lock.LockStoreException;
import dev.guarded.lock.NamedLock;
import dev.guarded.lock.ReleaseOutcome;
import dev.guarded.testkit.Proves;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class StoreWaitingTest {

    private final Cluster cluster = new Cluster();
    private final NamedLock one = cluster.one.getOrCreateLock("orders");
    private final NamedLock two = cluster.two.getOrCreateLock("orders");

    @Test
    @Proves("H6")
    void releaseHandsTheLockToTheOtherNode() {
        Lease first = one.acquire(Duration.ZERO);
        Waiting waiting = Waiting.start(cluster.time, two, Duration.ofSeconds(10));
        cluster.pass(Duration.ofMillis(200));
        waiting.stillWaits();
        first.close();
        Lease second = waiting.granted();
        assertThat(second.isHeld()).isTrue();
        assertThat(second.fencingToken()).isGreaterThan(first.fencingToken());
    }

    @Test
    @Proves({"H6", "law 6"})
    void waitOfThirtySecondsIsGrantedWhenAHoldOfFiveEnds() {
        Lease first = one.acquire(Duration.ZERO);
        Waiting waiting = Waiting.start(cluster.time, two, Duration.ofSeconds(30));
        cluster.pass(Duration.ofSeconds(5));
        waiting.stillWaits();
        long released = cluster.time.nanos();
        first.close();
        assertThat(waiting.granted().isHeld()).isTrue();
        assertThat(cluster.time.nanos()).isEqualTo(released);
    }

    @Test
    @Proves({"#10", "law 9"})
    void lostPushIsFoundByTheNextRefresh() {
        Lease first = one.acquire(Duration.ZERO);
        Waiting waiting = Waiting.start(cluster.time, two, Duration.ofSeconds(10));
        cluster.pass(Duration.ofMillis(100));
        cluster.wireTwo.loseMessages();
        first.close();
        waiting.stillWaits();
        cluster.pass(Duration.ofMillis(1100));
        assertThat(waiting.granted().isHeld()).isTrue();
    }

    @Test
    @Proves({"#11", "law 9"})
    void aNodeThatCannotHearPolls() {
        cluster.wireTwo.deafen();
        Lease first = one.acquire(Duration.ZERO);
        Waiting waiting = Waiting.start(cluster.time, two, Duration.ofSeconds(10));
        cluster.pass(Duration.ofMillis(100));
        first.close();
        // Its sign of life, a second after its first, would find the grant, too.
        cluster.pass(Duration.ofMillis(800));
        assertThat(waiting.granted().isHeld()).isTrue();
    }

    @Test
    @Proves("law 1")
    void aPushOlderThanItsProofIsNotBelieved() {
        Lease first = one.acquire(Duration.ZERO);
        Waiting waiting = Waiting.start(cluster.time, two, Duration.ofSeconds(10));
        cluster.pass(Duration.ofMillis(100));
        String token = cluster.store.queuedToken("orders");
        long old = first.fencingToken() / StoreHold.LEASES_A_FENCE;
        cluster.wireTwo.deliver(inbox -> inbox.granted("orders", token, old, false));
        cluster.pass(Duration.ofMillis(100));
        waiting.stillWaits();
        assertThat(first.isHeld()).isTrue();
        first.close();
        waiting.granted();
    }

    @Test
    @Proves("law 9")
    void waitingCostsNoMoreThanTheRefreshOfItsPlace() {
        Lease first = one.acquire(Duration.ZERO);
        Waiting waiting = Waiting.start(cluster.time, two, Duration.ofMinutes(1));
        cluster.pass(Duration.ofMillis(200));
        int before = cluster.wireTwo.commands();
        cluster.pass(Duration.ofSeconds(10));
        assertThat(cluster.wireTwo.commands() - before).isBetween(9, 12);
        first.close();
        waiting.granted();
    }

    @Test
    @Proves({"A16", "law 5"})
    void timedOutWaiterLeavesNoPlaceInTheQueue() {
        Lease first = one.acquire(Duration.ZERO);
        Waiting waiting = Waiting.start(cluster.time, two, Duration.ofSeconds(2));
        cluster.pass(Duration.ofMillis(2100));
        assertThat(waiting.refused())
                .isInstanceOf(LockNotGrantedException.class)
                .hasMessageContaining("GUARDED-0101")
                .hasMessageContaining("node-one")
                .hasMessageContaining("application payouts");
        cluster.pass(Duration.ofMillis(100));
        assertThat(one.status().waiters()).isZero();
        assertThat(first.isHeld()).isTrue();
    }

    @Test
    @Proves({"A26", "H10", "#3", "law 5"})
    void interruptedWaiterLeavesNoPlaceInTheQueue() {
        Lease first = one.acquire(Duration.ZERO);
        Waiting waiting = Waiting.start(cluster.time, two, Duration.ofMinutes(2));
        waiting.interrupt();
        assertThat(waiting.refused()).isInstanceOf(AcquireInterruptedException.class);
        cluster.pass(Duration.ofMillis(100));
        assertThat(one.status().waiters()).isZero();
        assertThat(first.isHeld()).isTrue();
    }

    @Test
    @Proves({"H9", "#1", "law 4"})
    void replyLostAfterTheGrantIsAskedForAgainAndCountsOnce() {
        cluster.wireOne.loseReplies(1);
        Lease lease = one.acquire(Duration.ofSeconds(1));
        assertThat(lease.isHeld()).isTrue();
        lease.close();
        assertThat(two.isLocked()).isFalse();
    }

    @Test
    @Proves({"C8", "law 4"})
    void replyOfAReleaseLostIsNotAnError() {
        Lease lease = one.acquire(Duration.ZERO);
        cluster.wireOne.loseReplies(1);
        assertThat(lease.release()).isEqualTo(ReleaseOutcome.RELEASED);
        assertThat(two.isLocked()).isFalse();
    }

    @Test
    @Proves({"H11", "R6", "law 2"})
    void storeThatNeverAnswersIsNotTakenForContention() {
        cluster.wireTwo.cut();
        assertThatThrownBy(() -> two.acquire(Duration.ZERO))
                .isInstanceOf(LockStoreException.class)
                .hasMessageContaining("GUARDED-0103")
                .extracting(e -> ((LockStoreException) e).retryable())
                .isEqualTo(true);
        Waiting waiting = Waiting.start(cluster.time, two, Duration.ofSeconds(2));
        cluster.pass(Duration.ofMillis(2100));
        assertThat(waiting.refused()).isInstanceOf(LockStoreException.class);
    }

    @Test
    @Proves({"H11", "law 6"})
    void waitRidesOutAnOutageShorterThanItself() {
        cluster.wireTwo.cut();
        Waiting waiting = Waiting.start(cluster.time, two, Duration.ofSeconds(10));
        cluster.pass(Duration.ofSeconds(2));
        waiting.stillWaits();
        cluster.wireTwo.mend();
        cluster.pass(Duration.ofMillis(1500));
        assertThat(waiting.granted().isHeld()).isTrue();
    }

    @Test
    @Proves("law 7")
    void grantWhoseAnswerTookLongerThanTheLeaseIsGivenBack() {
        // The pause falls between the send and the reply of the first command for it.
        cluster.wireTwo.afterAcquisitionOf("orders", () -> cluster.time.pause(Duration.ofSeconds(4)));
        Waiting waiting = Waiting.start(cluster.time, two, Duration.ofSeconds(20));
        cluster.pass(Duration.ofMillis(500));
        Lease lease = waiting.granted();
        assertThat(lease.isHeld()).isTrue();
        lease.close();
        cluster.pass(Duration.ofMillis(100));
        assertThat(one.isLocked()).isFalse();
    }

    @Test
    @Proves({"#2", "#3", "law 5"})
    void aGrantNobodyWaitsForIsGivenBack() {
        one.acquire(Duration.ZERO).close();
        String ghost = cluster.wireOne.nodeId() + ".00";
        cluster.store.grantTo("orders", ghost, Duration.ofSeconds(3));
        cluster.wireOne.deliver(inbox -> inbox.granted("orders", ghost, 1, false));
        cluster.pass(Duration.ofMillis(100));
        assertThat(two.isLocked()).isFalse();
    }

    @Test
    void interruptedThreadDoesNotBeginToWaitAndKeepsItsFlag() {
        Kept.alive(two.acquire(Duration.ZERO));
        int before = cluster.wireOne.commands();
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> one.acquire(Duration.ofMinutes(1)))
                .isInstanceOf(AcquireInterruptedException.class)
                .hasMessageStartingWith("GUARDED-0102");
        assertThat(Thread.interrupted()).isTrue();
        assertThat(cluster.wireOne.commands()).isEqualTo(before);
    }

    @Test
    void interruptDuringTheAnswerLeavesTheGrantAndTheFlag() {
        cluster.wireOne.afterAcquisitionOf(
                "orders", () -> Thread.currentThread().interrupt());
        assertThat(one.acquire(Duration.ofMinutes(1)).isHeld())
                .as("what was granted is granted")
                .isTrue();
        assertThat(Thread.interrupted()).isTrue();
    }
}
