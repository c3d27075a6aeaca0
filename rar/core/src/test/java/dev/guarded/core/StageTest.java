// SPDX-License-Identifier: Apache-2.0
package dev.guarded.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.guarded.core.TestTransactions.Tx;
import dev.guarded.lock.LeaseLostException;
import dev.guarded.lock.LockSettings;
import dev.guarded.lock.NamedLock;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** A lock that is kept for a stage, under manual time: what is to run elsewhere runs when the time passes. */
class StageTest {

    private static final Duration SOON = Duration.ofMillis(50);

    private final Cluster cluster = new Cluster();
    private final NamedLock lock = cluster.one.getOrCreateLock("orders");
    private final NamedLock elsewhere = cluster.two.getOrCreateLock("orders");
    private final CompletableFuture<String> stage = new CompletableFuture<>();

    private CompletableFuture<String> called(NamedLock called) {
        CompletionStage<String> returned = called.callStage(Duration.ZERO, () -> stage);
        assertThat(returned).isNotNull().isNotSameAs(stage);
        return returned.toCompletableFuture();
    }

    private boolean free() {
        return !elsewhere.isLocked();
    }

    @Test
    void lockIsKeptUntilTheStageCompletesAndReleasedElsewhere() {
        CompletableFuture<String> returned = called(lock);
        assertThat(free()).isFalse();
        cluster.pass(Cluster.LEASE.multipliedBy(3));
        assertThat(free()).isFalse();
        stage.complete("done");
        assertThat(returned).isCompletedWithValue("done");
        assertThat(free()).as("released by the thread that completed the stage").isFalse();
        cluster.pass(SOON);
        assertThat(free()).isTrue();
    }

    @Test
    void stageThatHasCompletedKeepsNothing() {
        stage.complete("done");
        assertThat(called(lock)).isCompletedWithValue("done");
        assertThat(free()).isTrue();
    }

    @Test
    void failedStageFreesTheLockAndFailsTheCallersStage() {
        CompletableFuture<String> returned = called(lock);
        IOException failure = new IOException("disk full");
        stage.completeExceptionally(failure);
        cluster.pass(SOON);
        assertThat(free()).isTrue();
        assertThatThrownBy(returned::join).hasCause(failure);
        assertThat(failure.getSuppressed()).isEmpty();
    }

    @Test
    void cancelledStageFreesTheLock() {
        CompletableFuture<String> returned = called(lock);
        stage.cancel(false);
        cluster.pass(SOON);
        assertThat(free()).isTrue();
        assertThat(returned).isCompletedExceptionally();
    }

    @Test
    void cancellingTheCallersStageLeavesTheLockToTheWork() {
        CompletableFuture<String> returned = called(lock);
        returned.cancel(false);
        cluster.pass(SOON);
        assertThat(free()).isFalse();
        stage.complete("done");
        cluster.pass(SOON);
        assertThat(free()).isTrue();
    }

    @Test
    void noStageKeepsNothing() {
        assertThat(lock.<String, RuntimeException>callStage(Duration.ZERO, () -> null))
                .isNull();
        assertThat(free()).isTrue();
    }

    @Test
    void bodyThatThrowsKeepsNothing() {
        assertThatThrownBy(() -> lock.<String, IOException>callStage(Duration.ZERO, () -> {
                    throw new IOException("disk full");
                }))
                .isExactlyInstanceOf(IOException.class);
        assertThat(free()).isTrue();
    }

    @Test
    void stageThatNeverCompletesKeepsTheLockUntilMaxHold() {
        LockSettings bounded = LockSettings.cluster().maxHold(Duration.ofSeconds(10));
        CompletableFuture<String> returned = called(cluster.one.getOrCreateLock("bounded", bounded));
        NamedLock there = cluster.two.getOrCreateLock("bounded", bounded);
        cluster.pass(Duration.ofSeconds(6));
        assertThat(there.isLocked()).isTrue();
        cluster.pass(Duration.ofSeconds(5));
        assertThat(there.isLocked()).isFalse();
        stage.complete("too late");
        assertThatThrownBy(returned::join)
                .isInstanceOf(CompletionException.class)
                .hasCauseInstanceOf(LeaseLostException.class);
        cluster.pass(SOON);
        assertThat(cluster.one.getOrCreateLock("bounded", bounded).tryAcquire()).isPresent();
    }

    @Test
    void failureOfTheStageCarriesTheLoss() {
        CompletableFuture<String> returned = called(lock);
        cluster.wireOne.cut();
        cluster.pass(Cluster.LEASE);
        IOException failure = new IOException("disk full");
        stage.completeExceptionally(failure);
        assertThatThrownBy(returned::join).hasCause(failure);
        assertThat(failure.getSuppressed()).singleElement().isInstanceOf(LeaseLostException.class);
    }

    @Test
    void threadThatGoesOnDoesNotJoinWhatItsStageStillNeeds() {
        assertThat(called(lock)).isNotDone();
        assertThat(lock.tryRun(() -> {})).isFalse();
        assertThat(lock.tryAcquire()).isEmpty();
        Waiting waiting = Waiting.start(cluster.time, lock, Duration.ofMinutes(1));
        stage.complete("done");
        cluster.pass(SOON);
        waiting.granted().close();
        assertThat(lock.tryRun(() -> {})).isTrue();
    }

    @Test
    void stageOfANestedCallOutlivesTheOuterCall() {
        lock.run(Duration.ZERO, () -> {
            assertThat(called(lock)).isNotDone();
            assertThat(lock.tryRun(() -> {})).isTrue();
        });
        assertThat(lock.tryRun(() -> {})).isFalse();
        stage.complete("done");
        cluster.pass(SOON);
        assertThat(free()).isTrue();
    }

    @Test
    void transactionThatOutlivesTheStageKeepsTheLock() {
        Tx transaction = cluster.transactions.begin();
        assertThat(called(lock)).isNotDone();
        stage.complete("done");
        cluster.pass(SOON);
        assertThat(free()).isFalse();
        assertThat(lock.tryRun(() -> {})).as("joined by its transaction").isTrue();
        transaction.commit();
        assertThat(free()).isTrue();
    }

    @Test
    void stageThatOutlivesTheTransactionKeepsTheLock() {
        Tx transaction = cluster.transactions.begin();
        assertThat(called(lock)).isNotDone();
        transaction.commit();
        cluster.transactions.suspend();
        assertThat(free()).isFalse();
        assertThat(lock.tryRun(() -> {})).isFalse();
        stage.complete("done");
        cluster.pass(SOON);
        assertThat(free()).isTrue();
    }

    @Test
    void transactionThatTheBodyLeftOpenKeepsTheLockWhenTheStageHasCompleted() {
        AtomicReference<Tx> begun = new AtomicReference<>();
        assertThat(lock.callStage(Duration.ZERO, () -> {
                    begun.set(cluster.transactions.begin());
                    return stage;
                }))
                .isNotNull();
        stage.complete("done");
        cluster.pass(SOON);
        assertThat(free()).isFalse();
        begun.get().commit();
        assertThat(free()).isTrue();
    }
}
