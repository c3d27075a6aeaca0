// SPDX-License-Identifier: Apache-2.0
package dev.guarded.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.guarded.core.TestTransactions.Tx;
import dev.guarded.lock.Lease;
import dev.guarded.lock.LeaseLostException;
import dev.guarded.lock.LockSettings;
import dev.guarded.lock.NamedLock;
import dev.guarded.lock.Reach;
import dev.guarded.lock.ReleaseOutcome;
import dev.guarded.lock.spi.OpenLease;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An application that is undeployed while others go on. The threads of {@link Waiting} are the shop's. */
class ApplicationsTest {

    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final Duration SOON = Duration.ofMillis(50);

    private final Cluster cluster = new Cluster();
    private final TestApplications applications = new TestApplications();
    private final MemoryNode wire = new MemoryNode(cluster.store);
    private final LockEngine engine = LockEngine.open(
            new EngineSettings("here", Reach.CLUSTER, PATIENCE, Cluster.LEASE, Duration.ofHours(1), 20),
            wire,
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

    private void undeploy() {
        applications.gate().closeFor("shop");
        applications.gate().endLeasesOf("shop");
    }

    @Test
    void waitersOfAClosedApplicationFailAtOnceAndHoldNothing() {
        Lease taken = elsewhere.acquire();
        Waiting first = Waiting.start(cluster.time, lock, PATIENCE);
        Waiting second = Waiting.start(cluster.time, lock, PATIENCE);
        applications.gate().closeFor("shop");
        for (Waiting each : List.of(first, second)) {
            assertThat(each.refused())
                    .isExactlyInstanceOf(IllegalStateException.class)
                    .hasMessage("GUARDED-0108 Lock 'orders' is not taken, because application 'shop' is being"
                            + " undeployed. Nothing is held.");
        }
        taken.close();
        cluster.pass(SOON);
        assertThat(elsewhere.tryAcquire()).isPresent();
    }

    @Test
    void waitingStagesOfAClosedApplicationFailToo() {
        Lease taken = elsewhere.acquire();
        CompletableFuture<Lease> waiting = lock.acquireAsync(PATIENCE).toCompletableFuture();
        cluster.pass(SOON);
        assertThat(waiting).isNotDone();
        applications.gate().closeFor("shop");
        cluster.pass(SOON);
        assertThatThrownBy(waiting::join).cause().hasMessageContaining("GUARDED-0108");
        assertThatThrownBy(
                        () -> lock.acquireAsync(PATIENCE).toCompletableFuture().join())
                .cause()
                .hasMessageContaining("GUARDED-0108");
        assertThat(taken.isHeld()).isTrue();
    }

    @Test
    void waitersOfOtherApplicationsGoOnWaiting() {
        Lease taken = elsewhere.acquire();
        Waiting waiting = Waiting.start(cluster.time, lock, PATIENCE);
        applications.gate().closeFor("another");
        applications.gate().closeFor("");
        waiting.stillWaits();
        taken.close();
        cluster.pass(SOON);
        waiting.granted().close();
    }

    @Test
    void closedApplicationAcquiresNothingUntilItIsOpenedAgain() {
        applications.gate().closeFor("shop");
        assertThatThrownBy(lock::tryAcquire).hasMessageContaining("GUARDED-0108");
        assertThatThrownBy(() -> lock.tryRun(() -> {})).hasMessageContaining("GUARDED-0108");
        applications.as("bank");
        assertThat(lock.tryRun(() -> {})).isTrue();
        applications.as("shop");
        applications.gate().openFor("shop");
        assertThat(lock.tryRun(() -> {})).isTrue();
    }

    @Test
    void runningBodyOfAClosedApplicationKeepsItsLeaseAndMayJoinIt() {
        lock.run(PATIENCE, () -> {
            applications.gate().closeFor("shop");
            assertThat(engine.requireHeld("orders").isHeld()).isTrue();
            assertThat(lock.tryRun(() -> {})).isTrue();
        });
        assertThat(elsewhere.tryAcquire()).isPresent();
    }

    @Test
    void leaseThatNothingUsesIsFreedAndItsOwnerTold() {
        Lease detached = lock.acquire().detach();
        List<LeaseLostException> told = new CopyOnWriteArrayList<>();
        detached.onLost(told::add);
        undeploy();
        assertThat(detached.isHeld()).isFalse();
        assertThat(elsewhere.tryAcquire()).isPresent();
        cluster.pass(SOON);
        assertThat(told).singleElement().asString().contains("its application 'shop' was undeployed");
        detached.close();
        assertThat(elsewhere.isLocked()).isTrue();
    }

    @Test
    void leasesOfOtherApplicationsAreLeftAlone() {
        applications.as("bank");
        Lease own = engine.acquire("own");
        applications.as("shop");
        Lease taken = lock.acquire();
        undeploy();
        applications.as("bank");
        assertThat(taken.isHeld()).isFalse();
        assertThat(lock.tryAcquire()).isPresent();
        assertThat(own.isHeld()).isTrue();
    }

    @Test
    void leaseUnderARunningBodyIsRevokedButNobodyElsesBeforeItsEnd() {
        assertThatThrownBy(() -> lock.run(PATIENCE, () -> {
                    Lease lease = engine.requireHeld("orders");
                    undeploy();
                    assertThat(lease.isHeld()).isFalse();
                    assertThat(lease.remaining()).isZero();
                    assertThat(elsewhere.tryAcquire()).isEmpty();
                    assertThatThrownBy(() -> engine.requireHeld("orders")).isInstanceOf(LeaseLostException.class);
                }))
                .isInstanceOf(LeaseLostException.class)
                .hasMessageContaining("its application 'shop' was undeployed");
        assertThat(elsewhere.tryAcquire()).isPresent();
    }

    @Test
    void revokedLeaseRunsOutIfItsBodyDoesNotEnd() {
        assertThatThrownBy(() -> lock.run(PATIENCE, () -> {
                    undeploy();
                    cluster.pass(Cluster.LEASE.plusMillis(100));
                    assertThat(elsewhere.tryAcquire()).isPresent();
                    assertThatThrownBy(() -> engine.requireHeld("orders")).isInstanceOf(LeaseLostException.class);
                }))
                .isInstanceOf(LeaseLostException.class);
        assertThat(elsewhere.isLocked())
                .as("the next owner's lease is left alone")
                .isTrue();
    }

    @Test
    void revokedLocalLeaseRunsOutToo() {
        NamedLock local = engine.getOrCreateLock("local", LockSettings.local());
        applications.others("bank");
        assertThatThrownBy(() -> local.run(PATIENCE, () -> {
                    Waiting bank = Waiting.start(cluster.time, local, PATIENCE);
                    undeploy();
                    cluster.pass(Cluster.LEASE.minusMillis(100));
                    bank.stillWaits();
                    cluster.pass(Duration.ofMillis(200));
                    bank.granted().close();
                }))
                .isInstanceOf(LeaseLostException.class);
    }

    @Test
    void leaseOfARunningTransactionIsRevokedAndTheCommitRefused() {
        Tx transaction = applications.transactions.begin();
        lock.run(PATIENCE, () -> {});
        undeploy();
        assertThat(elsewhere.tryAcquire()).isEmpty();
        assertThatThrownBy(transaction::commit).isInstanceOf(LeaseLostException.class);
        assertThat(elsewhere.tryAcquire()).isPresent();
    }

    @Test
    void leaseOfAPendingStageIsRevokedUntilItCompletes() {
        CompletableFuture<String> stage = new CompletableFuture<>();
        assertThat(lock.callStage(PATIENCE, () -> stage)).isNotNull();
        undeploy();
        assertThat(elsewhere.tryAcquire()).isEmpty();
        stage.complete("done");
        cluster.pass(SOON);
        assertThat(elsewhere.tryAcquire()).isPresent();
    }

    @Test
    void leaseOfARunningRequestIsRevokedUntilTheRequestEnds() {
        applications.beginRequest();
        Lease lease = lock.acquire();
        undeploy();
        assertThat(lease.isHeld()).isFalse();
        assertThat(elsewhere.tryAcquire()).isEmpty();
        assertThat(applications.endRequest()).hasSize(1);
        assertThat(elsewhere.tryAcquire()).isPresent();
    }

    @Test
    void requestEndsWhatItLeftOpenAndNothingElse() {
        applications.beginRequest();
        Lease forgotten = lock.acquire();
        engine.acquire("closed").close();
        engine.acquire("released").release();
        Lease detached = engine.acquire("detached").detach();
        engine.getOrCreateLock("guarded").run(PATIENCE, () -> {});
        assertThat(applications.endRequest()).extracting(OpenLease::name).containsExactly("orders");
        assertThat(forgotten.isHeld()).isFalse();
        assertThat(detached.isHeld()).isTrue();
        assertThat(elsewhere.tryAcquire()).isPresent();
    }

    @Test
    void endOfARequestDoesNotEndItsTransaction() {
        applications.beginRequest();
        Tx transaction = applications.transactions.begin();
        Lease lease = lock.acquire();
        applications.endRequest();
        assertThat(lease.isHeld()).isTrue();
        assertThat(elsewhere.tryAcquire()).isEmpty();
        transaction.commit();
        assertThat(elsewhere.tryAcquire()).isPresent();
    }

    @Test
    void leaseDetachedThroughAnotherHandleOutlivesItsRequest() {
        applications.beginRequest();
        Lease lease = lock.acquire();
        engine.requireHeld("orders").detach();
        assertThat(applications.endRequest()).hasSize(1);
        assertThat(lease.isHeld()).isTrue();
        lease.close();
        assertThat(elsewhere.tryAcquire()).isPresent();
    }

    @Test
    void leaseThatItsOwnerClosedIsKeptForTheBodyThatRunsUnderIt() {
        Lease lease = lock.acquire();
        assertThatThrownBy(() -> lock.run(PATIENCE, () -> {
                    lease.close();
                    undeploy();
                    assertThat(elsewhere.tryAcquire()).isEmpty();
                }))
                .isInstanceOf(LeaseLostException.class);
        assertThat(elsewhere.tryAcquire()).isPresent();
    }

    @Test
    void leaseUnderWhichABodyHasEndedIsFreedAtOnce() {
        Lease lease = lock.acquire();
        lock.run(PATIENCE, () -> {});
        undeploy();
        assertThat(lease.isHeld()).isFalse();
        assertThat(elsewhere.tryAcquire()).isPresent();
    }

    @Test
    void leaseDetachedFromItsRequestIsFreedAtOnce() {
        applications.beginRequest();
        Lease lease = lock.acquire().detach();
        undeploy();
        assertThat(lease.isHeld()).isFalse();
        assertThat(elsewhere.tryAcquire()).isPresent();
    }

    @Test
    void releaseOfARevokedLeaseWhoseTimeIsOverFindsNothing() {
        applications.beginRequest();
        Lease over = lock.acquire();
        Lease inTime = engine.acquire("in time");
        undeploy();
        assertThat(inTime.release()).isEqualTo(ReleaseOutcome.RELEASED);
        // Over for its owner, while the store has it for a few milliseconds still.
        cluster.time.pause(Cluster.LEASE.minusMillis(10));
        assertThat(over.release()).isEqualTo(ReleaseOutcome.NOT_OWNER);
    }

    @Test
    void grantThatTheUndeploymentOvertookIsGivenBack() {
        wire.afterAcquisitionOf("orders", () -> applications.gate().closeFor("shop"));
        assertThatThrownBy(() -> lock.acquire(PATIENCE))
                .isExactlyInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith("GUARDED-0108");
        assertThat(elsewhere.tryAcquire()).isPresent();
    }

    @Test
    void stageOfAnApplicationThatClosesBeforeItsFirstTurnFailsToo() {
        Lease taken = elsewhere.acquire();
        CompletableFuture<Lease> stage = lock.acquireAsync(PATIENCE).toCompletableFuture();
        applications.gate().closeFor("shop");
        cluster.pass(SOON);
        assertThatThrownBy(stage::join).cause().hasMessageContaining("GUARDED-0108");
        assertThat(elsewhere.status().waiters()).isZero();
        assertThat(taken.isHeld()).isTrue();
    }

    @Test
    void leaseOfAStageIsFreedAtOnce() {
        CompletableFuture<Lease> stage = lock.acquireAsync(PATIENCE).toCompletableFuture();
        cluster.pass(SOON);
        assertThat(stage.join().isHeld()).isTrue();
        undeploy();
        assertThat(elsewhere.tryAcquire()).isPresent();
    }

    @Test
    void engineIsShownToAnApplicationWithItsFirstStage() {
        TestApplications first = new TestApplications();
        LockEngine fresh =
                LockEngine.open(EngineSettings.defaults("fresh"), wire, cluster.time, cluster.time, first.as("shop"));
        assertThat(fresh.getOrCreateLock("orders").acquireAsync(PATIENCE)).isNotNull();
        first.gate().closeFor("shop");
        assertThatThrownBy(() -> fresh.tryAcquire("orders")).hasMessageStartingWith("GUARDED-0108");
    }
}
