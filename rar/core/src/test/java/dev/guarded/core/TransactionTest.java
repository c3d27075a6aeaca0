// SPDX-License-Identifier: Apache-2.0
package dev.guarded.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.guarded.core.TestTransactions.Tx;
import dev.guarded.core.spi.Surroundings;
import dev.guarded.core.spi.Surroundings.Completion;
import dev.guarded.core.spi.Surroundings.Transaction;
import dev.guarded.lock.Lease;
import dev.guarded.lock.LeaseLostException;
import dev.guarded.lock.LockNotGrantedException;
import dev.guarded.lock.LockSettings;
import dev.guarded.lock.LockStoreException;
import dev.guarded.lock.NamedLock;
import dev.guarded.lock.ReleaseOutcome;
import dev.guarded.testkit.Proves;
import dev.guarded.testkit.ThreadPerTask;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class TransactionTest {

    private static final Duration PATIENCE = Duration.ofMinutes(1);

    /** Longer than a lease lasts that nobody renews. */
    private static final Duration LEASES = Duration.ofSeconds(10);

    private final Cluster cluster = new Cluster();
    private final NamedLock lock = cluster.one.getOrCreateLock("orders");
    private final NamedLock elsewhere = cluster.two.getOrCreateLock("orders");

    @Test
    @Proves({"#19", "law 12"})
    void lockIsReleasedAfterTheCommitAndNotBefore() {
        Tx transaction = cluster.transactions.begin();
        lock.run(
                PATIENCE,
                () -> assertThat(cluster.one.requireHeld("orders").isHeld()).isTrue());
        assertThat(elsewhere.tryAcquire()).isEmpty();
        transaction.commit();
        assertThat(elsewhere.tryAcquire()).isPresent();
    }

    @Test
    @Proves({"#19", "law 12"})
    void programmaticLeaseOutlivesItsCloseUntilTheTransactionEnds() {
        Tx transaction = cluster.transactions.begin();
        lock.acquire(PATIENCE).close();
        assertThat(elsewhere.tryAcquire()).isEmpty();
        transaction.rollback();
        assertThat(elsewhere.tryAcquire()).isPresent();
    }

    @Test
    void releaseDoesNotWaitForTheTransaction() {
        cluster.transactions.begin();
        lock.acquire(PATIENCE).release();
        assertThat(elsewhere.tryAcquire()).isPresent();
    }

    @Test
    @Proves({"#20", "law 12"})
    void transactionThatEndsUnderARunningBodyReleasesWithTheBody() {
        Tx transaction = cluster.transactions.begin();
        lock.run(PATIENCE, () -> {
            transaction.rollback();
            assertThat(elsewhere.tryAcquire()).isEmpty();
        });
        assertThat(elsewhere.tryAcquire()).isPresent();
    }

    @Test
    @Proves({"law 12", "#20"})
    void reapedTransactionRevokesTheLeaseAndKeepsTheLockUntilTheBodyEnds() {
        Tx transaction = cluster.transactions.begin();
        List<LeaseLostException> told = new ArrayList<>();
        assertThatThrownBy(() -> lock.run(PATIENCE, () -> {
                    cluster.one.requireHeld("orders").onLost(told::add);
                    onAnotherThread(transaction::rollback);
                    assertThatThrownBy(() -> cluster.one.requireHeld("orders"))
                            .isInstanceOf(LeaseLostException.class)
                            .hasMessageContaining("ended by another thread");
                    cluster.pass(LEASES);
                    assertThat(elsewhere.tryAcquire()).isEmpty();
                    assertThat(told).hasSize(1);
                }))
                .isInstanceOf(LeaseLostException.class);
        assertThat(elsewhere.tryAcquire()).isPresent();
    }

    @Test
    @Proves("law 12")
    void revokedLeaseIsNeitherJoinedNorWaitedFor() {
        Tx transaction = cluster.transactions.begin();
        assertThatThrownBy(() -> lock.run(PATIENCE, () -> {
                    onAnotherThread(transaction::rollback);
                    cluster.transactions.suspend();
                    assertThatThrownBy(() -> lock.run(PATIENCE, () -> {})).isInstanceOf(LeaseLostException.class);
                    assertThatThrownBy(() -> lock.acquire(PATIENCE)).isInstanceOf(LeaseLostException.class);
                }))
                .isInstanceOf(LeaseLostException.class);
    }

    @Test
    @Proves("law 12")
    void transactionThatTheBodyLeavesOpenKeepsTheLock() {
        AtomicReference<Tx> begun = new AtomicReference<>();
        lock.run(PATIENCE, () -> begun.set(cluster.transactions.begin()));
        assertThat(elsewhere.tryAcquire()).isEmpty();
        lock.run(Duration.ZERO, () -> {});
        begun.get().commit();
        assertThat(elsewhere.tryAcquire()).isPresent();
    }

    @Test
    @Proves("law 12")
    void transactionThatIsMarkedForRollbackAndLeftOpenKeepsNothing() {
        lock.run(PATIENCE, () -> cluster.transactions.begin().markForRollback());
        assertThat(elsewhere.tryAcquire()).isPresent();
    }

    @Test
    @Proves("law 12")
    void transactionJoinedAndEndedByAnotherThreadIsThatThreadsToEnd() {
        Tx transaction = cluster.transactions.begin();
        lock.run(PATIENCE, () -> {});
        onAnotherThread(() -> {
            cluster.transactions.resume(transaction);
            lock.run(Duration.ZERO, () -> {
                transaction.commit();
                cluster.transactions.suspend();
            });
        });
        assertThat(elsewhere.tryAcquire()).isPresent();
    }

    @Test
    @Proves("law 12")
    void transactionInDoubtReleasesNothingAndTheLeaseRunsOut() {
        Tx transaction = cluster.transactions.begin();
        lock.acquire(PATIENCE).close();
        transaction.loseTrack();
        cluster.transactions.suspend();
        assertThat(elsewhere.tryAcquire()).isEmpty();
        cluster.pass(LEASES);
        assertThat(elsewhere.tryAcquire()).isPresent();
    }

    @Test
    @Proves("law 12")
    void laterCallInTheSameTransactionJoins() {
        Tx transaction = cluster.transactions.begin();
        AtomicBoolean ran = new AtomicBoolean();
        lock.run(PATIENCE, () -> {});
        lock.run(Duration.ZERO, () -> ran.set(true));
        lock.acquire(Duration.ZERO).close();
        assertThat(ran).isTrue();
        transaction.commit();
        assertThat(elsewhere.tryAcquire()).isPresent();
    }

    @Test
    void nestedCallWithoutATransactionJoins() {
        lock.run(
                PATIENCE,
                () -> lock.run(
                        Duration.ZERO, () -> assertThat(elsewhere.tryAcquire()).isEmpty()));
        assertThat(elsewhere.tryAcquire()).isPresent();
    }

    @Test
    @Proves("law 12")
    void callInAnotherTransactionFailsAtOnce() {
        cluster.transactions.begin();
        lock.run(PATIENCE, () -> {});
        cluster.transactions.begin();
        assertThatThrownBy(() -> lock.run(PATIENCE, () -> {}))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("another unfinished transaction");
    }

    @Test
    void callInASuspendedTransactionsGapFailsAtOnceWhenNoBodyRuns() {
        cluster.transactions.begin();
        lock.run(PATIENCE, () -> {});
        cluster.transactions.suspend();
        assertThatThrownBy(() -> lock.run(PATIENCE, () -> {})).hasMessageContaining("suspended transaction");
    }

    @Test
    void nestedCallOutsideTheTransactionJoinsTheRunningBody() {
        Tx transaction = cluster.transactions.begin();
        lock.run(PATIENCE, () -> {
            cluster.transactions.suspend();
            lock.run(Duration.ZERO, () -> {});
            cluster.transactions.resume(transaction);
        });
        transaction.commit();
        assertThat(elsewhere.tryAcquire()).isPresent();
    }

    @Test
    @Proves({"#21", "law 12"})
    void lostLeaseRefusesTheCommit() {
        Tx transaction = cluster.transactions.begin();
        lock.acquire(PATIENCE).close();
        cluster.store.lose("orders");
        assertThatThrownBy(transaction::commit).isInstanceOf(LeaseLostException.class);
    }

    @Test
    @Proves({"#21", "law 12"})
    void storeThatDoesNotAnswerRefusesTheCommit() {
        Tx transaction = cluster.transactions.begin();
        lock.acquire(PATIENCE).close();
        cluster.wireOne.cut();
        assertThatThrownBy(transaction::commit).isInstanceOf(LockStoreException.class);
    }

    @Test
    @Proves("law 12")
    void joiningALostLeaseThrowsAndRunsNothing() {
        cluster.transactions.begin();
        lock.run(PATIENCE, () -> {});
        cluster.time.pause(Duration.ofSeconds(4));
        assertThatThrownBy(() -> lock.run(PATIENCE, () -> {
                    throw new AssertionError("the body ran");
                }))
                .isInstanceOf(LeaseLostException.class);
    }

    @Test
    @Proves("law 12")
    void bodyDoesNotStartInATransactionThatDiedWhileWaiting() {
        Tx transaction = cluster.transactions.begin();
        transaction.markForRollback();
        assertThatThrownBy(() -> lock.run(PATIENCE, () -> {
                    throw new AssertionError("the body ran");
                }))
                .isInstanceOf(LockNotGrantedException.class)
                .hasMessageContaining("GUARDED-0105");
        assertThat(elsewhere.tryAcquire()).isPresent();
    }

    @Test
    void detachedLeaseIsNotTheTransactions() {
        Tx transaction = cluster.transactions.begin();
        Lease lease = lock.acquire(PATIENCE).detach();
        transaction.commit();
        assertThat(elsewhere.tryAcquire()).isEmpty();
        lease.close();
        assertThat(elsewhere.tryAcquire()).isPresent();
    }

    @Test
    void lossDuringTheBodyIsToldAtItsEnd() {
        assertThatThrownBy(() -> lock.run(PATIENCE, () -> cluster.time.pause(Duration.ofSeconds(4))))
                .isInstanceOf(LeaseLostException.class);
    }

    @Test
    @Proves("#16")
    void exceptionOfTheBodyIsNotHiddenByALoss() {
        assertThatThrownBy(() -> lock.run(PATIENCE, () -> {
                    cluster.time.pause(Duration.ofSeconds(4));
                    throw new IllegalArgumentException("business");
                }))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("business");
    }

    private static void onAnotherThread(Runnable work) {
        CompletableFuture.runAsync(work, ThreadPerTask.EXECUTOR).join();
    }

    @Test
    void serverThatRegistersNothingForWhateverReasonLeavesNothingTaken() {
        Tx transaction = cluster.transactions.begin();
        transaction.refuseToRegister();
        assertThatThrownBy(() -> lock.acquire(PATIENCE)).isInstanceOf(UnsupportedOperationException.class);
        transaction.rollback();
        assertThat(elsewhere.tryAcquire()).isPresent();
    }

    @Test
    void transactionThatEndsWhileItIsJoinedLeavesNothing() {
        ScriptedStore store = new ScriptedStore();
        Transaction ending = new Transaction() {
            @Override
            public Object key() {
                return this;
            }

            @Override
            public boolean active() {
                return true;
            }

            @Override
            public void register(Runnable beforeCommit, Consumer<Completion> completed) {
                throw new IllegalStateException("over");
            }
        };
        LockEngine engine =
                LockEngine.open(EngineSettings.defaults("node"), store, store.time, store.time, new Surroundings() {
                    @Override
                    public Optional<Transaction> transaction() {
                        return Optional.of(ending);
                    }
                });
        assertThatThrownBy(() -> engine.acquire("orders", PATIENCE))
                .isInstanceOf(LockNotGrantedException.class)
                .hasMessageContaining("GUARDED-0105");
        assertThat(store.releases).hasSize(1);
        assertThatThrownBy(() -> engine.requireHeld("orders")).hasMessageStartingWith("GUARDED-0106");
    }

    @Test
    void localLockOfATransactionInDoubtIsTheNextWaitersAfterALeaseTime() {
        NamedLock local = cluster.one.getOrCreateLock("local", LockSettings.local());
        Tx transaction = cluster.transactions.begin();
        local.run(PATIENCE, () -> {});
        CompletableFuture<Lease> waiting = local.acquireAsync(PATIENCE).toCompletableFuture();
        transaction.loseTrack();
        cluster.time.advance(Cluster.LEASE.minusMillis(1));
        assertThat(waiting).isNotDone();
        cluster.time.advance(Duration.ofMillis(1));
        cluster.time.advance(Duration.ZERO);
        assertThat(waiting).isDone();
    }

    @Test
    void lockThatWasGivenUpBeforeTheCommitIsNoReasonToRefuseIt() {
        Tx transaction = cluster.transactions.begin();
        Lease lease = lock.acquire(PATIENCE);
        assertThat(lease.release()).isEqualTo(ReleaseOutcome.RELEASED);
        assertThatCode(transaction::commit).doesNotThrowAnyException();
    }

    @Test
    void lockThatWasGoneWhenItWasGivenUpRefusesTheCommit() {
        Tx transaction = cluster.transactions.begin();
        Lease lease = lock.acquire(PATIENCE);
        cluster.store.lose("orders");
        assertThat(lease.release()).isEqualTo(ReleaseOutcome.NOT_OWNER);
        assertThatThrownBy(transaction::commit)
                .isInstanceOf(LeaseLostException.class)
                .hasMessageContaining("no longer when it was released");
    }

    @Test
    void acquisitionAfterAReleaseInTheSameTransactionIsANewOne() {
        Tx transaction = cluster.transactions.begin();
        lock.acquire(PATIENCE).release();
        Lease again = lock.acquire(PATIENCE);
        assertThat(again.isHeld()).isTrue();
        again.close();
        assertThat(elsewhere.tryAcquire()).isEmpty();
        transaction.commit();
        assertThat(elsewhere.tryAcquire()).isPresent();
    }

    @Test
    void engineForgetsATransactionThatHasCompleted() {
        Lease lease = lock.acquire(PATIENCE).detach();
        WeakReference<Tx> completed = new WeakReference<>(lockedAndCommitted());
        cluster.transactions.suspend();
        long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (completed.get() != null) {
            assertThat(System.nanoTime() - end).as("time left").isNegative();
            System.gc();
        }
        assertThat(lease.isHeld()).isTrue();
    }

    private Tx lockedAndCommitted() {
        Tx transaction = cluster.transactions.begin();
        cluster.one.getOrCreateLock("another").run(PATIENCE, () -> {});
        transaction.commit();
        return transaction;
    }
}
