// SPDX-License-Identifier: Apache-2.0
package dev.guarded.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.guarded.core.TestTransactions.Tx;
import dev.guarded.lock.Lease;
import dev.guarded.lock.LeaseLostException;
import dev.guarded.lock.LockSettings;
import dev.guarded.lock.NamedLock;
import dev.guarded.testkit.Proves;
import dev.guarded.testkit.ThreadPerTask;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a flight recording tells of locks. */
class FlightRecordingTest {

    private static final Duration PATIENCE = Duration.ofMinutes(1);

    /** Long enough for background work to have its turn. */
    private static final Duration STEP = Duration.ofMillis(50);

    @TempDir
    private Path directory;

    private final Cluster cluster = new Cluster();
    private final NamedLock lock = cluster.one.getOrCreateLock("orders");

    @Test
    @Proves("#36")
    void waitsHoldsRenewalsAndLossesAreRecorded() throws IOException {
        List<RecordedEvent> events = recorded(() -> {
            Lease first = lock.acquire();
            CompletionStage<Lease> second = lock.acquireAsync(PATIENCE);
            cluster.pass(Cluster.LEASE);
            first.close();
            cluster.pass(STEP);
            second.toCompletableFuture().join();
            cluster.store.lose("orders");
            cluster.pass(Cluster.LEASE);
        });
        assertThat(events)
                .extracting(event -> event.getEventType().getName())
                .contains("dev.guarded.LockWait", "dev.guarded.LeaseRenewal", "dev.guarded.LeaseLost");
        assertThat(events)
                .filteredOn(event -> event.getEventType().getName().equals("dev.guarded.LockHold"))
                .extracting(event -> event.getString("lock") + " " + event.getString("outcome"))
                .containsExactly("orders released", "orders lost");
    }

    @Test
    void nothingIsRecordedUnasked() throws IOException {
        lock.acquire().close();
        assertThat(recorded(() -> {})).isEmpty();
    }

    private List<RecordedEvent> recorded(Runnable work) throws IOException {
        Path file = directory.resolve("locks.jfr");
        try (jdk.jfr.Recording recording = new jdk.jfr.Recording()) {
            recording.start();
            work.run();
            recording.stop();
            recording.dump(file);
        }
        return RecordingFile.readAllEvents(file).stream()
                .filter(event -> event.getEventType().getName().startsWith("dev.guarded."))
                .sorted((one, other) -> one.getEndTime().compareTo(other.getEndTime()))
                .toList();
    }

    @Test
    void everyWaitIsRecordedWithWhatBecameOfIt() throws IOException {
        NamedLock local = cluster.one.getOrCreateLock("local", LockSettings.local());
        List<RecordedEvent> events = recorded(() -> {
            Lease first = local.acquire();
            Waiting granted = Waiting.start(cluster.time, local, PATIENCE);
            first.close();
            Lease second = granted.granted();
            Waiting interrupted = Waiting.start(cluster.time, local, PATIENCE);
            interrupted.interrupt();
            interrupted.refused();
            Waiting late = Waiting.start(cluster.time, local, Duration.ofSeconds(1));
            cluster.pass(Duration.ofSeconds(1));
            late.refused();
            second.close();
            cluster.wireOne.cut();
            Waiting failed = Waiting.start(cluster.time, lock, Duration.ofSeconds(1));
            cluster.pass(Duration.ofSeconds(1));
            failed.refused();
        });
        assertThat(events)
                .filteredOn(event -> event.getEventType().getName().equals("dev.guarded.LockWait"))
                .extracting(event -> event.getString("lock") + " " + event.getString("outcome"))
                .containsExactlyInAnyOrder(
                        "local granted", "local given up", "local not granted in time", "orders the store failed");
    }

    @Test
    void renewalsAreRecordedWithTheirAnswerAndLossesWithTheirReason() throws IOException {
        List<RecordedEvent> events = recorded(() -> {
            Kept.alive(lock.acquire());
            Kept.alive(cluster.one.acquire("invoices"));
            cluster.pass(Duration.ofMillis(1500));
            cluster.wireOne.loseCommands(1);
            cluster.pass(Duration.ofSeconds(1));
            cluster.wireOne.cut();
            cluster.pass(Cluster.LEASE);
        });
        assertThat(events)
                .filteredOn(event -> event.getEventType().getName().equals("dev.guarded.LeaseRenewal"))
                .extracting(event -> event.getInt("leases") + " " + event.getString("outcome"))
                .startsWith("2 answered", "2 not answered", "2 answered", "2 not answered");
        assertThat(events)
                .filteredOn(event -> event.getEventType().getName().equals("dev.guarded.LeaseLost"))
                .extracting(event -> event.getString("lock") + ": " + event.getString("how"))
                .containsExactlyInAnyOrder("orders: " + Loss.RAN_OUT, "invoices: " + Loss.RAN_OUT);
    }

    @Test
    void leaseThatWasRevokedIsRecordedAsSuchWhenItIsReleased() throws IOException {
        List<RecordedEvent> events = recorded(() -> {
            Tx transaction = cluster.transactions.begin();
            assertThatThrownBy(() -> lock.run(
                            PATIENCE,
                            () -> CompletableFuture.runAsync(transaction::rollback, ThreadPerTask.EXECUTOR)
                                    .join()))
                    .isInstanceOf(LeaseLostException.class);
        });
        assertThat(events)
                .filteredOn(event -> event.getEventType().getName().equals("dev.guarded.LockHold"))
                .extracting(event -> event.getString("outcome"))
                .containsExactly("released after it was revoked");
    }

    @Test
    void whoNeverPausedHasNotWaited() throws IOException {
        List<RecordedEvent> events = recorded(() -> {
            cluster.wireOne.loseCommands(1);
            assertThat(lock.acquire(PATIENCE).isHeld()).isTrue();
        });
        assertThat(events).noneMatch(event -> event.getEventType().getName().equals("dev.guarded.LockWait"));
    }
}
