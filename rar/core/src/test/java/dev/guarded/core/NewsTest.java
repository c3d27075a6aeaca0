// SPDX-License-Identifier: Apache-2.0
package dev.guarded.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.guarded.core.spi.Surroundings;
import dev.guarded.lock.Lease;
import dev.guarded.lock.LockSettings;
import dev.guarded.lock.NamedLock;
import dev.guarded.lock.Reach;
import dev.guarded.lock.event.LateGrant;
import dev.guarded.lock.event.LeaseEvent;
import dev.guarded.lock.event.LeaseLeaked;
import dev.guarded.lock.event.LeaseLost;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What applications and the log are told of what happened to their leases. */
class NewsTest {

    private static final Logger LOG = Logger.getLogger(Failures.LOG.getName());
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration SOON = Duration.ofMillis(5);

    private final Cluster cluster = new Cluster();
    private final MemoryNode wire = new MemoryNode(cluster.store);
    private final List<String> applications = new ArrayList<>();
    private final List<LeaseEvent> events = new ArrayList<>();
    private final List<LogRecord> lines = new ArrayList<>();
    private boolean failing;
    private final Surroundings surroundings = new Surroundings() {
        @Override
        public String application() {
            return "shop";
        }

        @Override
        public Optional<Transaction> transaction() {
            return cluster.transactions.transaction();
        }

        @Override
        public void happened(String application, LeaseEvent event) {
            applications.add(application);
            events.add(event);
            if (failing) {
                throw new IllegalStateException("nobody there");
            }
        }
    };
    private final LockEngine engine = LockEngine.open(
            new EngineSettings("here", Reach.CLUSTER, MINUTE, Cluster.LEASE, Duration.ofHours(1), 20),
            wire,
            cluster.time,
            cluster.time,
            surroundings);
    private final NamedLock lock = engine.getOrCreateLock("orders");
    private final Handler handler = new Handler() {

        @Override
        public void publish(LogRecord line) {
            lines.add(line);
        }

        @Override
        public void flush() {
            // Nothing is buffered.
        }

        @Override
        public void close() {
            // Nothing is open.
        }
    };

    @BeforeEach
    void listen() {
        handler.setLevel(Level.ALL);
        LOG.setLevel(Level.ALL);
        LOG.addHandler(handler);
    }

    @AfterEach
    void stopListening() {
        LOG.removeHandler(handler);
        LOG.setLevel(null);
    }

    private List<String> logged(String number) {
        return lines.stream()
                .filter(line -> line.getMessage().startsWith(number))
                .map(line -> line.getLevel() + " " + line.getMessage())
                .toList();
    }

    @Test
    void lossIsToldOnceToTheApplicationOfTheLeaseAndToTheLog() {
        Lease lease = lock.acquire();
        cluster.store.lose("orders");
        cluster.pass(Cluster.LEASE);
        assertThat(events).singleElement().isInstanceOfSatisfying(LeaseLost.class, event -> {
            assertThat(event.lockName()).isEqualTo("orders");
            assertThat(event.fencingToken()).isEqualTo(lease.fencingToken());
            assertThat(event.message()).startsWith("GUARDED-0201");
        });
        assertThat(applications).containsExactly("shop");
        assertThat(logged("GUARDED-0201")).singleElement().asString().startsWith("WARNING");
    }

    @Test
    void applicationThatCannotBeToldIsLoggedAndDisturbsNobody() {
        failing = true;
        Kept.alive(lock.acquire());
        cluster.store.lose("orders");
        cluster.pass(Cluster.LEASE);
        assertThat(events).hasSize(1);
        assertThat(logged("GUARDED-0209"))
                .singleElement()
                .asString()
                .startsWith("FINE GUARDED-0209 Application 'shop' could not be told: GUARDED-0201");
    }

    @Test
    void callbackThatFailsIsLoggedAndTheNextIsToldAllTheSame() {
        Lease lease = lock.acquire();
        List<String> told = new ArrayList<>();
        lease.onLost(loss -> {
            throw new IllegalStateException("mistaken");
        });
        lease.onLost(loss -> told.add(loss.lockName()));
        cluster.store.lose("orders");
        cluster.pass(Cluster.LEASE);
        lease.onLost(loss -> told.add("late " + loss.lockName()));
        cluster.pass(SOON);
        assertThat(told).containsExactly("orders", "late orders");
        assertThat(logged("GUARDED-0203"))
                .containsExactly("WARNING GUARDED-0203 A callback for the loss of lock 'orders' failed.");
    }

    @Test
    void grantThatCameTooLateForATransactionIsGivenBackAndTold() {
        Lease held = cluster.two.acquire("orders");
        TestTransactions.Tx transaction = cluster.transactions.begin();
        wire.afterAcquisitionOf("orders", () -> {
            cluster.time.pause(Duration.ofSeconds(2));
            transaction.markForRollback();
        });
        held.close();
        assertThatThrownBy(() -> lock.acquire(MINUTE))
                .hasMessageStartingWith("GUARDED-0105")
                .hasMessageContaining("(waited 2 s)");
        cluster.pass(SOON);
        assertThat(events).singleElement().isInstanceOfSatisfying(LateGrant.class, event -> {
            assertThat(event.lockName()).isEqualTo("orders");
            assertThat(event.waited()).isEqualTo(Duration.ofSeconds(2));
            assertThat(event.message()).startsWith("GUARDED-0208 Lock 'orders' was granted after 2 s");
        });
        assertThat(logged("GUARDED-0208")).singleElement().asString().startsWith("FINE");
        assertThat(cluster.two.tryAcquire("orders")).isPresent();
    }

    @Test
    void grantThatCrossesTheCancellationOfItsStageIsTold() {
        NamedLock local = engine.getOrCreateLock("local", LockSettings.local());
        Lease held = local.acquire();
        CompletableFuture<Lease> stage = local.acquireAsync(MINUTE).toCompletableFuture();
        cluster.time.advance(Duration.ofSeconds(1));
        held.close();
        stage.cancel(true);
        cluster.time.advance(Duration.ZERO);
        cluster.time.advance(Duration.ZERO);
        assertThat(events)
                .singleElement()
                .isInstanceOfSatisfying(
                        LateGrant.class, event -> assertThat(event.waited()).isEqualTo(Duration.ofSeconds(1)));
        assertThat(local.isLocked()).isFalse();
    }

    @Test
    void outageIsLoggedOnceAsAWarningAndTheNextOneToo() {
        Kept.alive(lock.acquire());
        wire.loseCommands(2);
        cluster.pass(Duration.ofSeconds(3));
        wire.loseCommands(1);
        cluster.pass(Duration.ofSeconds(3));
        assertThat(logged("GUARDED-0202"))
                .extracting(line -> line.substring(0, line.indexOf(' ')))
                .containsExactly("WARNING", "FINE", "WARNING");
        assertThat(logged("GUARDED-0202").get(0))
                .endsWith("1 leases could not be renewed and will be tried again: memory: the command was lost");
    }

    @Test
    void transactionInDoubtAndForceAreLogged() {
        TestTransactions.Tx transaction = cluster.transactions.begin();
        lock.run(MINUTE, () -> {});
        transaction.loseTrack();
        assertThat(logged("GUARDED-0207"))
                .singleElement()
                .asString()
                .startsWith("WARNING GUARDED-0207 The outcome of a transaction that lock 'orders' was bound to")
                .contains("it ends by itself within 3 s.");
        cluster.transactions.suspend();
        lock.forceRelease(1);
        assertThat(logged("GUARDED-0210"))
                .singleElement()
                .asString()
                .startsWith("WARNING GUARDED-0210 Somebody asked for lock 'orders' to be taken from the holder with"
                        + " token 1: that holder has it no longer");
    }

    @Test
    void placeThatCannotBeGivenBackAtTheStopIsLogged() {
        Kept.alive(cluster.two.acquire("orders"));
        CompletableFuture<Lease> stage = lock.acquireAsync(MINUTE).toCompletableFuture();
        cluster.time.advance(SOON);
        wire.cut();
        engine.close();
        assertThat(stage).isCompletedExceptionally();
        assertThat(logged("GUARDED-0204"))
                .containsExactly(
                        "FINE GUARDED-0204 A place was not given back at the stop: memory: the connection is" + " cut");
    }

    @Test
    void leaseThatNobodyClosesIsToldToItsApplication() {
        assertThat(lock.acquire().isHeld()).isTrue();
        long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (events.isEmpty()) {
            assertThat(System.nanoTime() - end).as("time left").isNegative();
            System.gc();
            cluster.pass(Duration.ofSeconds(1));
        }
        assertThat(applications).containsExactly("shop");
        assertThat(events).singleElement().isInstanceOfSatisfying(LeaseLeaked.class, event -> {
            assertThat(event.lockName()).isEqualTo("orders");
            assertThat(event.fencingToken()).isPositive();
            assertThat(event.message()).startsWith("GUARDED-0206").contains("It ends within 3 s");
        });
    }

    @Test
    void transactionInDoubtSaysNothingOfALockThatWasGivenUpBefore() {
        TestTransactions.Tx transaction = cluster.transactions.begin();
        lock.acquire().release();
        transaction.loseTrack();
        assertThat(logged("GUARDED-0207")).isEmpty();
    }
}
