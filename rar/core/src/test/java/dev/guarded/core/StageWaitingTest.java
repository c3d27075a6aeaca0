// SPDX-License-Identifier: Apache-2.0
package dev.guarded.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.guarded.lock.Lease;
import dev.guarded.lock.LockSettings;
import dev.guarded.lock.LockStoreException;
import dev.guarded.lock.NamedLock;
import dev.guarded.lock.Reach;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Stages that wait for a lock while their application or their lock manager ends. Their turns come when time passes. */
class StageWaitingTest {

    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final Duration SOON = Duration.ofMillis(50);

    private final Cluster cluster = new Cluster();
    private final TestApplications applications = new TestApplications();
    private final LockEngine engine = LockEngine.open(
            new EngineSettings("here", Reach.CLUSTER, PATIENCE, Duration.ofSeconds(30), Duration.ofHours(1), 20),
            new MemoryNode(cluster.store),
            cluster.time,
            cluster.time,
            applications);
    private final NamedLock lock = engine.getOrCreateLock("orders");
    private final NamedLock elsewhere = cluster.two.getOrCreateLock("orders");

    @BeforeEach
    void beTheShop() {
        applications.as("shop");
        engine.acquire("anything").close();
    }

    private CompletableFuture<Lease> wait(NamedLock what) {
        return what.acquireAsync(PATIENCE).toCompletableFuture();
    }

    private void undeploy() {
        applications.gate().closeFor("shop");
        applications.gate().endLeasesOf("shop");
    }

    @Test
    void stageWhoseTurnComesAfterTheEndOfItsApplicationGetsNothing() {
        CompletableFuture<Lease> stage = wait(lock);
        undeploy();
        cluster.pass(SOON);
        assertThatThrownBy(stage::join).cause().hasMessageContaining("GUARDED-0108");
        assertThat(elsewhere.tryAcquire()).isPresent();
    }

    @Test
    void leaseThatWasHandedToAStageOfAnEndedApplicationBlocksNobody() {
        applications.as("bank");
        Lease first = lock.acquire();
        applications.as("shop");
        CompletableFuture<Lease> stage = wait(lock);
        cluster.pass(SOON);
        first.close();
        undeploy();
        cluster.pass(SOON);
        assertThatThrownBy(stage::join).cause().hasMessageContaining("GUARDED-0108");
        assertThat(elsewhere.tryAcquire()).isPresent();
    }

    @Test
    void stageOfAClosedLockManagerFailsAtOnce() {
        engine.close();
        CompletableFuture<Lease> stage = wait(lock);
        assertThat(stage).isCompletedExceptionally();
        assertThatThrownBy(stage::join)
                .cause()
                .isInstanceOf(LockStoreException.class)
                .hasMessageContaining("stopped");
    }

    @Test
    void stageThatHasHadNoTurnFailsWithItsLockManager() {
        CompletableFuture<Lease> stage = wait(lock);
        // The scheduler runs nothing any more.
        engine.close();
        assertThat(stage).isCompletedExceptionally();
        cluster.pass(SOON);
        assertThat(elsewhere.tryAcquire()).isPresent();
    }

    @Test
    @Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void stageWithoutLimitBehindAnotherWaitsAndDoesNotSpin() {
        Lease taken = elsewhere.acquire();
        CompletableFuture<Lease> first =
                lock.acquireAsync(LockSettings.UNLIMITED).toCompletableFuture();
        CompletableFuture<Lease> second =
                lock.acquireAsync(LockSettings.UNLIMITED).toCompletableFuture();
        cluster.pass(SOON);
        assertThat(second).isNotDone();
        taken.close();
        cluster.pass(SOON);
        first.join().close();
        cluster.pass(SOON);
        assertThat(second).isCompleted();
    }
}
