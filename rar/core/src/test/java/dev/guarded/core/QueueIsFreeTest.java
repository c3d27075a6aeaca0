// SPDX-License-Identifier: Apache-2.0
package dev.guarded.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.guarded.core.spi.Inbox;
import dev.guarded.lock.Lease;
import dev.guarded.lock.LockSettings;
import dev.guarded.lock.NamedLock;
import dev.guarded.lock.Reach;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever is done to a lock, its queue is free for the next who comes, also from another thread. */
class QueueIsFreeTest {

    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final TestApplications applications = new TestApplications();
    private final Cluster cluster = new Cluster();
    private final MemoryNode wire = new MemoryNode(cluster.store);
    private final LockEngine engine = LockEngine.open(
            new EngineSettings("here", Reach.CLUSTER, MINUTE, Cluster.LEASE, Duration.ofHours(1), 20),
            wire,
            cluster.time,
            cluster.time,
            applications);

    /** Something that is done to a lock. */
    private interface Deed {
        void to(QueueIsFreeTest world, EngineLock lock);
    }

    private static Arguments deed(String name, Deed deed) {
        return Arguments.of(Named.of(name, deed));
    }

    static Stream<Arguments> deeds() {
        return Stream.of(
                deed("acquire and close", (world, lock) -> lock.acquire().close()),
                deed("acquire and release", (world, lock) -> lock.acquire().release()),
                deed("refuse", (world, lock) -> {
                    lock.acquire().detach();
                    assertThat(lock.tryAcquire()).isEmpty();
                }),
                deed("hand over", (world, lock) -> {
                    Lease lease = lock.acquire();
                    Waiting waiting = Waiting.start(world.cluster.time, lock, MINUTE);
                    lease.close();
                    waiting.granted();
                }),
                deed("wait in vain", (world, lock) -> {
                    lock.acquire().detach();
                    CompletableFuture<Lease> waiting = world.waiting(lock, Duration.ofSeconds(1));
                    world.cluster.pass(Duration.ofSeconds(2));
                    assertThat(waiting).isCompletedExceptionally();
                }),
                deed("cancel", (world, lock) -> {
                    lock.acquire().detach();
                    assertThat(world.waiting(lock, MINUTE).cancel(true)).isTrue();
                    world.cluster.pass(Duration.ofMillis(10));
                }),
                deed("look", (world, lock) -> {
                    assertThat(lock.status().held()).isFalse();
                    assertThat(world.engine.statistics(lock.name())).isPresent();
                    assertThat(world.engine.listHeld()).isEmpty();
                    assertThat(lock.inUse()).isFalse();
                }),
                deed(
                        "observe",
                        (world, lock) -> world.engine
                                .observe(new Nobody(), Duration.ZERO)
                                .look()),
                deed("join", (world, lock) -> lock.run(MINUTE, () -> lock.run(MINUTE, () -> {}))),
                deed("detach", (world, lock) -> lock.acquire().detach().close()),
                deed("downgrade", (world, lock) -> lock.acquire().downgrade()),
                deed("read", (world, lock) -> lock.readLock().acquire().close()),
                deed("be told of a loss", (world, lock) -> lock.acquire().onLost(loss -> {})),
                deed("interrupt on a loss", (world, lock) -> lock.acquire().interruptOnLoss()),
                deed(
                        "take by force",
                        (world, lock) -> lock.forceRelease(lock.acquire().fencingToken())),
                deed("lose", (world, lock) -> {
                    Lease lease = lock.acquire();
                    world.cluster.store.lose(lock.key().key());
                    world.cluster.pass(Cluster.LEASE);
                    lease.close();
                }),
                deed("lose before the release", (world, lock) -> {
                    Lease lease = lock.acquire();
                    world.cluster.store.lose(lock.key().key());
                    lease.close();
                }),
                deed("run out", (world, lock) -> {
                    Lease lease = lock.acquire();
                    world.cluster.time.pause(Duration.ofHours(2));
                    world.cluster.pass(Duration.ofMillis(10));
                    lease.close();
                }),
                deed("undeploy", (world, lock) -> {
                    lock.acquire().detach();
                    CompletableFuture<Lease> waiting = world.waiting(lock, MINUTE);
                    world.applications.gate().closeFor("shop");
                    world.applications.gate().endLeasesOf("shop");
                    world.cluster.pass(Duration.ofMillis(10));
                    assertThat(waiting).isCompletedExceptionally();
                }),
                deed("transact", (world, lock) -> {
                    TestTransactions.Tx transaction = world.applications.transactions.begin();
                    lock.run(MINUTE, () -> {});
                    transaction.commit();
                }),
                deed("join in a transaction", (world, lock) -> {
                    TestTransactions.Tx transaction = world.applications.transactions.begin();
                    lock.acquire().close();
                    lock.acquire().close();
                    transaction.commit();
                }),
                deed("be told of a loss that has come", (world, lock) -> {
                    Lease lease = lock.acquire();
                    lock.forceRelease(lease.fencingToken());
                    lease.onLost(loss -> {});
                }),
                deed("end a transaction in doubt", (world, lock) -> {
                    TestTransactions.Tx transaction = world.applications.transactions.begin();
                    lock.run(MINUTE, () -> {});
                    transaction.loseTrack();
                }),
                deed("keep for a stage", (world, lock) -> {
                    CompletableFuture<String> stage = new CompletableFuture<>();
                    assertThat(lock.callStage(MINUTE, () -> stage)).isNotNull();
                    stage.complete("done");
                    world.cluster.pass(Duration.ofMillis(10));
                }),
                deed("hear", (world, lock) -> {
                    lock.acquire().detach();
                    assertThat(world.waiting(lock, MINUTE)).isNotDone();
                    world.cluster.pass(Duration.ofMillis(10));
                    world.wire.deliver(Inbox::hearingAgain);
                }),
                deed("stop", (world, lock) -> {
                    lock.acquire().detach();
                    CompletableFuture<Lease> waiting = world.waiting(lock, MINUTE);
                    world.engine.close();
                    world.cluster.pass(Duration.ofMillis(10));
                    assertThat(waiting).isCompletedExceptionally();
                }));
    }

    private CompletableFuture<Lease> waiting(NamedLock lock, Duration timeout) {
        CompletableFuture<Lease> stage = lock.acquireAsync(timeout).toCompletableFuture();
        cluster.time.advance(Duration.ofMillis(2));
        return stage;
    }

    private EngineLock lock(LockSettings settings) {
        return (EngineLock) engine.getOrCreateLock("orders", settings);
    }

    private static void isFree(EngineLock lock) {
        assertThat(lock.queue().mutex.isLocked()).isFalse();
    }

    @AfterEach
    void clearTheFlag() {
        assertThat(Thread.interrupted()).isFalse();
    }

    @ParameterizedTest
    @MethodSource("deeds")
    void queueOfALockOfTheStoreIsFreeAfterwards(Deed deed) {
        EngineLock lock = lock(LockSettings.cluster());
        deed.to(this, lock);
        isFree(lock);
    }

    @ParameterizedTest
    @MethodSource("deeds")
    void queueOfALocalLockIsFreeAfterwards(Deed deed) {
        EngineLock lock = lock(LockSettings.local());
        deed.to(this, lock);
        isFree(lock);
    }

    @ParameterizedTest
    @MethodSource("deeds")
    void queueOfALockThatMayBePassedIsFreeAfterwards(Deed deed) {
        EngineLock lock = lock(LockSettings.cluster().barging(true));
        deed.to(this, lock);
        isFree(lock);
    }
}
