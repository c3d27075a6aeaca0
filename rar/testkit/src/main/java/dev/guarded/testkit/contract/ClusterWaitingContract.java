// SPDX-License-Identifier: Apache-2.0
package dev.guarded.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.guarded.lock.AcquireInterruptedException;
import dev.guarded.lock.Lease;
import dev.guarded.lock.LockNotGrantedException;
import dev.guarded.lock.NamedLock;
import dev.guarded.testkit.Proves;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** A wait for another node is as exact as a wait for another thread, and nobody is forgotten. */
public abstract class ClusterWaitingContract extends Contract<Cluster> {

    /** How often a lock may go from hand to hand within a node while another node waits. */
    private static final int MOST_HAND_OVERS = 256;

    @Test
    @Proves({"A15", "H6", "#10"})
    void aReleaseOnOneNodeWakesTheOtherLongBeforeTheLeaseEnds() {
        Lease held = lockOn(0).acquire(PATIENCE);
        Caller<Lease> waiter = startWaiting(lockOn(1));
        held.close();
        assertThat(waiter.result().isHeld()).isTrue();
        assertTaken(lockOn(0));
    }

    @Test
    @Proves({"A16", "A23", "#12", "law 6"})
    void aWaitForAnotherNodeEndsAtItsTimeoutNeitherEarlyNorLate() {
        Lease held = lockOn(0).acquire(PATIENCE);
        Duration timeout = Duration.ofMillis(700);
        Caller<Lease> waiter = start(() -> lockOn(1).acquire(timeout));
        assertThat(waiter.failure())
                .isInstanceOfSatisfying(
                        LockNotGrantedException.class,
                        refusal -> assertThat(refusal.holder())
                                .hasValueSatisfying(holder ->
                                        assertThat(holder.fencingToken()).isEqualTo(held.fencingToken())));
        assertThat(waiter.took()).isBetween(timeout, timeout.plus(ONE_COMMAND));
    }

    @Test
    @Proves({"H7", "H16", "B2"})
    void everyContenderOfEveryNodeIsServedThoughThereAreMoreThanConnections() {
        List<Caller<Boolean>> contenders = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            NamedLock lock = lockOn(i % 2);
            contenders.add(start(() -> {
                Lease lease = lock.acquire(Duration.ofSeconds(30));
                letPass(Duration.ofMillis(10));
                lease.close();
                return true;
            }));
        }
        assertThat(contenders)
                .allSatisfy(contender -> assertThat(contender.result()).isTrue());
    }

    @Test
    @Proves({"H18", "#13", "law 10"})
    void aBusyNodeDoesNotStarveTheOther() {
        AtomicBoolean enough = new AtomicBoolean();
        AtomicInteger served = new AtomicInteger();
        List<Caller<Boolean>> busy = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            busy.add(start(() -> {
                while (!enough.get()) {
                    Lease lease = lockOn(0).acquire(PATIENCE);
                    served.incrementAndGet();
                    letPass(Duration.ofMillis(2));
                    lease.close();
                }
                return true;
            }));
        }
        for (int i = 0; i < 10; i++) {
            int before = served.get();
            Lease lease = lockOn(1).acquire(PATIENCE);
            assertThat(served.get() - before)
                    .as("leases of the busy node while the other waited")
                    .isLessThanOrEqualTo(MOST_HAND_OVERS);
            lease.close();
        }
        enough.set(true);
        busy.forEach(Caller::result);
    }

    @Test
    @Proves("#36")
    void everyNodeCountsTheWaitersOfTheOther() {
        Lease held = lockOn(0).acquire(PATIENCE);
        Caller<Lease> waiter = startWaiting(lockOn(1));
        awaitWaiters(lockOn(0), 1);
        awaitWaiters(lockOn(1), 1);
        held.close();
        assertThat(waiter.result().isHeld()).isTrue();
        assertThat(lockOn(0).status().waiters()).isZero();
    }

    @Test
    @Proves({"H10", "A26", "#3", "law 5"})
    void aWaiterWhoGaveUpLeavesNoPlaceInTheQueueOfTheStore() {
        Lease held = lockOn(0).acquire(PATIENCE);
        assertThat(start(() -> lockOn(1).acquire(Duration.ofMillis(100))).failure())
                .isInstanceOf(LockNotGrantedException.class);
        awaitWaiters(lockOn(1), 0);
        Caller<Lease> interrupted = startWaiting(lockOn(1));
        interrupted.interrupt();
        assertThat(interrupted.failure()).isInstanceOf(AcquireInterruptedException.class);
        awaitWaiters(lockOn(0), 0);
        held.close();
        assertFree(lockOn(0));
        assertFree(lockOn(1));
    }

    @Test
    @Proves({"#10", "law 5"})
    void aGrantThatCrossesItsWaitersEndIsGivenBack() {
        for (int round = 0; round < 30; round++) {
            Lease held = lockOn(0).acquire(PATIENCE);
            Caller<Lease> waiter = startWaiting(lockOn(1));
            Caller<Boolean> release = start(() -> {
                held.release();
                return true;
            });
            waiter.interrupt();
            release.result();
            eventually().until(waiter::isDone);
            giveBackIfGranted(waiter);
            assertFree(lockOn(0));
        }
    }

    private static void giveBackIfGranted(Caller<Lease> waiter) {
        try {
            waiter.result().release();
        } catch (AssertionError failed) {
            assertThat(failed).hasCauseInstanceOf(AcquireInterruptedException.class);
        }
    }

    private NamedLock lockOn(int node) {
        return site().node(node).getOrCreateLock(name(), settings());
    }
}
