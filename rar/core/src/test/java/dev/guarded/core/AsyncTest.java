// SPDX-License-Identifier: Apache-2.0
package dev.guarded.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.guarded.core.spi.LockObserver;
import dev.guarded.lock.Lease;
import dev.guarded.lock.LockEvent;
import dev.guarded.lock.LockNotGrantedException;
import dev.guarded.lock.LockSettings;
import dev.guarded.lock.LockStoreException;
import dev.guarded.lock.NamedLock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Waits without a thread, under manual time. */
class AsyncTest {

    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration SOON = Duration.ofMillis(5);

    private final Cluster cluster = new Cluster();
    private final NamedLock lock = cluster.one.getOrCreateLock("orders");
    private final NamedLock elsewhere = cluster.two.getOrCreateLock("orders");
    private final NamedLock local = cluster.one.getOrCreateLock("cache", LockSettings.local());

    private static CompletableFuture<Lease> waiting(NamedLock lock, Duration timeout) {
        return lock.acquireAsync(timeout).toCompletableFuture();
    }

    @Test
    void freeLockIsGrantedOnTheSchedulerAndBelongsToNoThread() {
        CompletableFuture<Lease> stage = waiting(lock, Duration.ZERO);
        assertThat(stage).as("nothing is asked on the caller's thread").isNotDone();
        assertThat(cluster.wireOne.commands()).isZero();
        cluster.time.advance(Duration.ZERO);
        Lease lease = stage.join();
        assertThat(lease.isHeld()).isTrue();
        assertThatThrownBy(() -> cluster.one.requireHeld("orders")).hasMessageStartingWith("GUARDED-0106");
        assertThat(lock.status().holder().orElseThrow().thread())
                .isEqualTo(Thread.currentThread().getName());
        lease.close();
        assertThat(elsewhere.isLocked()).isFalse();
    }

    @Test
    void stageOfATransactionsThreadIsNotTheTransactions() {
        cluster.transactions.begin();
        CompletableFuture<Lease> stage = waiting(lock, Duration.ZERO);
        cluster.time.advance(Duration.ZERO);
        stage.join().close();
        assertThat(elsewhere.isLocked()).isFalse();
    }

    @Test
    void releaseOnEitherNodeGrantsTheWaitersInTheirOrder() {
        Lease held = elsewhere.acquire();
        CompletableFuture<Lease> first = waiting(lock, MINUTE);
        CompletableFuture<Lease> second = waiting(lock, MINUTE);
        cluster.pass(Duration.ofSeconds(10));
        assertThat(first).isNotDone();
        held.close();
        cluster.time.advance(SOON);
        assertThat(first).isDone();
        assertThat(second).isNotDone();
        first.join().close();
        cluster.time.advance(SOON);
        assertThat(second.join().isHeld()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 700})
    void timeoutCompletesTheStageWithARefusalToTheMillisecond(long millis) {
        Kept.alive(local.acquire());
        CompletableFuture<Lease> before = waiting(local, MINUTE);
        CompletableFuture<Lease> stage = waiting(local, Duration.ofMillis(millis));
        cluster.time.advance(Duration.ofMillis(Math.max(0, millis - 1)));
        assertThat(stage.isDone()).isEqualTo(millis == 0);
        cluster.time.advance(Duration.ofMillis(1));
        assertThatThrownBy(stage::join).cause().isInstanceOfSatisfying(LockNotGrantedException.class, refusal -> {
            assertThat(refusal.waited()).isEqualTo(Duration.ofMillis(millis));
            assertThat(refusal.waiters()).isEqualTo(1);
            assertThat(refusal.lockName()).isEqualTo("cache");
        });
        assertThat(before).isNotDone();
        assertThat(cluster.one.statistics("cache").orElseThrow().notGranted()).isEqualTo(1);
    }

    @Test
    void storeThatDoesNotAnswerCompletesTheStageWithAFailure() {
        cluster.wireOne.cut();
        CompletableFuture<Lease> stage = waiting(lock, Duration.ofSeconds(1));
        cluster.pass(Duration.ofMillis(950));
        assertThat(stage).isNotDone();
        cluster.pass(Duration.ofMillis(50));
        assertThatThrownBy(stage::join)
                .cause()
                .isInstanceOf(LockStoreException.class)
                .hasMessageContaining("memory: the connection is cut. Nothing is held; try again later.");
    }

    @Test
    void cancelledStageLeavesNoPlaceInTheQueue() {
        Lease held = elsewhere.acquire();
        CompletableFuture<Lease> stage = waiting(lock, MINUTE);
        cluster.time.advance(SOON);
        assertThat(elsewhere.status().waiters()).isEqualTo(1);
        assertThat(stage.cancel(true)).isTrue();
        cluster.time.advance(SOON);
        assertThat(elsewhere.status().waiters()).isZero();
        assertThat(lock.status().waiters()).isZero();
        held.close();
        cluster.time.advance(SOON);
        assertThat(elsewhere.isLocked()).isFalse();
        assertThat(stage).isCancelled();
    }

    @Test
    void cancellingAfterTheGrantLeavesTheLeaseAlone() {
        CompletableFuture<Lease> stage = waiting(lock, MINUTE);
        cluster.time.advance(SOON);
        assertThat(stage.cancel(true)).isFalse();
        cluster.time.advance(SOON);
        assertThat(stage.join().isHeld()).isTrue();
    }

    @Test
    void grantThatCrossesTheCancellationIsGivenBackAndTold() {
        Lease held = local.acquire();
        CompletableFuture<Lease> stage = waiting(local, MINUTE);
        cluster.time.advance(SOON);
        List<LockObserver.Kind> heard = new ArrayList<>();
        observe(heard);
        held.close();
        assertThat(heard).as("handed over already").contains(LockObserver.Kind.GRANTED);
        stage.cancel(true);
        cluster.time.advance(SOON);
        assertThat(local.isLocked()).isFalse();
        assertThat(heard)
                .containsExactly(LockObserver.Kind.RELEASED, LockObserver.Kind.GRANTED, LockObserver.Kind.RELEASED);
    }

    private void observe(List<LockObserver.Kind> heard) {
        LockObserver observer = new LockObserver() {
            @Override
            public boolean hears(String lockName) {
                return true;
            }

            @Override
            public void note(Kind kind, LockEvent event) {
                heard.add(kind);
            }
        };
        cluster.one.observe(observer, MINUTE);
    }

    @Test
    void unlimitedWaitEndsWithTheGrant() {
        Lease held = local.acquire();
        CompletableFuture<Lease> stage = waiting(local, LockSettings.UNLIMITED);
        cluster.pass(MINUTE);
        assertThat(stage).isNotDone();
        held.close();
        cluster.time.advance(SOON);
        assertThat(stage.join().isHeld()).isTrue();
    }

    @Test
    void closedEngineCompletesTheStageWithAFailure() {
        Kept.alive(local.acquire());
        CompletableFuture<Lease> stage = waiting(local, MINUTE);
        cluster.time.advance(SOON);
        cluster.one.close();
        cluster.time.advance(SOON);
        assertThatThrownBy(stage::join).cause().hasMessageContaining("the adapter was stopped");
    }

    @Test
    void waitIsLookedAtAgainOnlyWhenSomethingIsDue() {
        elsewhere.acquire();
        CompletableFuture<Lease> stage = waiting(lock, MINUTE);
        cluster.pass(Duration.ofMillis(100));
        int before = cluster.wireOne.commands();
        cluster.pass(Duration.ofSeconds(10));
        assertThat(stage).isNotDone();
        assertThat(cluster.wireOne.commands() - before)
                .as("one refresh a second")
                .isBetween(9, 10);
    }

    @Test
    void whoIsBehindACancelledStageKeepsItsPlaceAtTheStore() {
        Lease held = elsewhere.acquire();
        CompletableFuture<Lease> first = waiting(lock, MINUTE);
        CompletableFuture<Lease> second = waiting(lock, MINUTE);
        cluster.time.advance(SOON);
        first.cancel(true);
        cluster.pass(Duration.ofSeconds(10));
        assertThat(elsewhere.status().waiters()).isEqualTo(1);
        held.close();
        cluster.time.advance(SOON);
        assertThat(second.join().isHeld()).isTrue();
    }

    @Test
    void cancellingAfterAHandOverLeavesTheLeaseAlone() {
        Lease held = local.acquire();
        CompletableFuture<Lease> stage = waiting(local, MINUTE);
        cluster.time.advance(SOON);
        held.close();
        cluster.time.advance(SOON);
        assertThat(stage).isDone();
        assertThat(stage.cancel(true)).isFalse();
        cluster.time.advance(SOON);
        assertThat(stage.join().isHeld()).isTrue();
    }

    @Test
    void grantForAStageThatItsOwnerHasCompletedHimselfIsGivenBack() {
        Lease held = local.acquire();
        CompletableFuture<Lease> stage = waiting(local, MINUTE);
        cluster.time.advance(SOON);
        stage.completeExceptionally(new TimeoutException("enough"));
        held.close();
        cluster.time.advance(SOON);
        assertThat(local.isLocked()).isFalse();
        assertThat(stage).isCompletedExceptionally();
    }

    @Test
    void stageThatIsGrantedEarlyLeavesNothingToDo() {
        Lease held = local.acquire();
        CompletableFuture<Lease> stage = waiting(local, MINUTE);
        cluster.time.advance(SOON);
        held.close();
        cluster.time.advance(Duration.ZERO);
        stage.join().close();
        assertThat(cluster.time.planned()).isZero();
    }
}
