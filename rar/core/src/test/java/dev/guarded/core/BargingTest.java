// SPDX-License-Identifier: Apache-2.0
package dev.guarded.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.guarded.lock.Lease;
import dev.guarded.lock.LockSettings;
import dev.guarded.lock.NamedLock;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Locks that whoever runs may take before those who wait; the waiters' turns come when time passes. */
class BargingTest {

    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration SOON = Duration.ofMillis(5);

    private final Cluster cluster = new Cluster();
    private final LockSettings barging = LockSettings.cluster().barging(true);
    private final NamedLock lock = cluster.one.getOrCreateLock("busy", barging);
    private final NamedLock elsewhere = cluster.two.getOrCreateLock("busy", barging);

    private CompletableFuture<Lease> waiting() {
        CompletableFuture<Lease> stage = lock.acquireAsync(MINUTE).toCompletableFuture();
        cluster.time.advance(SOON);
        return stage;
    }

    @Test
    void whoComesPassesThoseWhoWaitWithoutACommand() {
        Lease first = lock.acquire();
        CompletableFuture<Lease> waiting = waiting();
        first.close();
        int before = cluster.wireOne.commands();
        Lease passing = lock.acquire(Duration.ZERO);
        assertThat(cluster.wireOne.commands()).isEqualTo(before);
        assertThat(passing.fencingToken()).isEqualTo(first.fencingToken() + 1);
        cluster.time.advance(SOON);
        assertThat(waiting).isNotDone();
        passing.close();
        cluster.time.advance(SOON);
        assertThat(waiting.join().fencingToken()).isEqualTo(passing.fencingToken() + 1);
    }

    @Test
    void orderIsKeptWhereBargingIsNotAllowed() {
        NamedLock fair = cluster.one.getOrCreateLock("fair");
        Lease first = fair.acquire();
        CompletableFuture<Lease> waiting = fair.acquireAsync(MINUTE).toCompletableFuture();
        cluster.time.advance(SOON);
        first.close();
        assertThat(fair.tryAcquire()).isEmpty();
        cluster.time.advance(SOON);
        assertThat(waiting).isDone();
    }

    @Test
    void rightThatTheLastWaiterDoesNotTakeGoesBackToTheStore() {
        Lease first = lock.acquire();
        CompletableFuture<Lease> waiting = waiting();
        first.close();
        assertThat(elsewhere.isLocked()).as("kept for who comes").isTrue();
        waiting.cancel(true);
        cluster.time.advance(SOON);
        cluster.time.advance(SOON);
        assertThat(elsewhere.isLocked()).isFalse();
    }

    @Test
    void rightThatNobodyUsesEndsWithItsLease() {
        Lease first = lock.acquire();
        CompletableFuture<Lease> waiting = waiting();
        first.close();
        cluster.time.pause(Cluster.LEASE);
        assertThat(elsewhere.tryAcquire()).isPresent();
        cluster.time.advance(SOON);
        assertThat(waiting).as("the other node has it now").isNotDone();
    }

    @Test
    void rightThatIsLostWhileNobodyUsesItIsGivenToNobody() {
        Lease first = lock.acquire();
        CompletableFuture<Lease> waiting = waiting();
        cluster.time.pause(Duration.ofMillis(1500));
        first.close();
        cluster.store.lose("busy");
        Lease there = elsewhere.acquire(Duration.ZERO);
        cluster.pass(Cluster.LEASE);
        assertThat(waiting).isNotDone();
        assertThat(there.isHeld()).isTrue();
        there.close();
        cluster.pass(Duration.ofSeconds(1));
        assertThat(waiting.join().isHeld()).isTrue();
        waiting.join().close();
        cluster.pass(Cluster.LEASE.multipliedBy(2));
        assertThat(cluster.time.planned()).as("nothing is renewed").isZero();
    }

    @Test
    void readerDoesNotTakeARightThatExcludesReaders() {
        Lease first = lock.acquire();
        CompletableFuture<Lease> waiting = waiting();
        first.close();
        assertThat(lock.readLock().tryAcquire()).isEmpty();
        cluster.time.advance(SOON);
        assertThat(waiting.join().isHeld()).isTrue();
    }

    @Test
    void rightThatIsAboutToEndIsGivenBackAndAskedForAnew() {
        Lease first = lock.acquire();
        CompletableFuture<Lease> waiting = waiting();
        cluster.time.pause(Duration.ofMillis(2800));
        first.close();
        assertThat(lock.tryAcquire()).isEmpty();
        cluster.wireOne.loseCommands(1); // the renewal that is due
        cluster.time.advance(SOON);
        Lease next = waiting.join();
        assertThat(next.fencingToken() / StoreHold.LEASES_A_FENCE)
                .isGreaterThan(first.fencingToken() / StoreHold.LEASES_A_FENCE);
        assertThat(next.remaining()).isGreaterThan(Duration.ofMillis(2900));
    }

    @Test
    void stopGivesBackWhatIsKeptForNobody() {
        Lease first = lock.acquire();
        CompletableFuture<Lease> waiting = waiting();
        first.close();
        cluster.one.close();
        assertThat(elsewhere.isLocked()).isFalse();
        cluster.time.advance(SOON);
        assertThat(waiting).isCompletedExceptionally();
    }

    @Test
    void localLockMayBePassedToo() {
        NamedLock local =
                cluster.one.getOrCreateLock("local", LockSettings.local().barging(true));
        Lease first = local.acquire();
        CompletableFuture<Lease> waiting = local.acquireAsync(MINUTE).toCompletableFuture();
        cluster.time.advance(SOON);
        first.close();
        Lease passing = local.acquire(Duration.ZERO);
        cluster.time.advance(SOON);
        assertThat(waiting).isNotDone();
        passing.close();
        cluster.time.advance(SOON);
        assertThat(waiting.join().fencingToken()).isGreaterThan(passing.fencingToken());
    }
}
