// SPDX-License-Identifier: Apache-2.0
package dev.guarded.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.guarded.core.spi.StoreFailure;
import dev.guarded.core.spi.Surroundings;
import dev.guarded.core.spi.Ticker;
import dev.guarded.lock.Lease;
import dev.guarded.lock.LockNotGrantedException;
import dev.guarded.lock.LockStoreException;
import dev.guarded.lock.NamedLock;
import dev.guarded.lock.Reach;
import dev.guarded.testkit.Proves;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Callers of a node that may send one command at a time, in real time: the queue for it is a semaphore. */
class AdmissionTest {

    private static final Duration LEASE = Duration.ofSeconds(3);

    private final MemoryStore store = new MemoryStore(Ticker.SYSTEM);
    private final MemoryNode wire = new MemoryNode(store);
    private final RealTime scheduler = new RealTime();
    private final LockEngine crowded = engine(wire, 1);
    private final LockEngine other = engine(new MemoryNode(store), 20);
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final CountDownLatch reply = new CountDownLatch(1);

    private LockEngine engine(MemoryNode node, int maxInFlight) {
        EngineSettings settings = new EngineSettings(
                "node", Reach.CLUSTER, Duration.ofSeconds(9), LEASE, Duration.ofHours(1), maxInFlight);
        return LockEngine.open(settings, node, scheduler, Ticker.SYSTEM, Surroundings.PLAIN);
    }

    @BeforeEach
    void holdTheLockElsewhere() {
        Kept.alive(other.acquire("orders"));
    }

    @AfterEach
    void close() {
        reply.countDown();
        crowded.close();
        other.close();
        scheduler.close();
        threads.shutdownNow();
    }

    @Test
    @Proves({"H16", "law 2", "law 6"})
    void whoRunsOutOfTimeBehindACommandWithAPlaceInTheQueueIsToldOfContention() {
        CompletableFuture<Lease> waiter = acquire("orders", LEASE.dividedBy(2));
        while (other.getOrCreateLock("orders").status().waiters() == 0) {
            Thread.onSpinWait();
        }
        keepTheOneConnectionBusy();
        // Nor does it wait in the crowd for who holds the lock.
        assertThatThrownBy(() -> waiter.get(LEASE.toMillis(), TimeUnit.MILLISECONDS))
                .hasCauseInstanceOf(LockNotGrantedException.class);
    }

    @Test
    @Proves({"law 2", "law 6"})
    void whoNeverGotToAskIsToldOfTheStore() {
        keepTheOneConnectionBusy();
        CompletableFuture<Lease> caller = acquire("orders", Duration.ofMillis(100));
        assertThatThrownBy(() -> caller.get(5, TimeUnit.SECONDS))
                .hasCauseInstanceOf(LockStoreException.class)
                .hasMessageContaining("all 1 connections were in use");
    }

    @Test
    void whoLooksWhileAllConnectionsAreBusyWaitsForHisTurn() {
        Lease held = crowded.acquire("held");
        keepTheOneConnectionBusy();
        NamedLock lock = crowded.getOrCreateLock("orders");
        List<CompletableFuture<?>> looks = List.of(
                CompletableFuture.supplyAsync(lock::isLocked, threads),
                CompletableFuture.supplyAsync(crowded::listHeld, threads),
                CompletableFuture.runAsync(held::downgrade, threads),
                CompletableFuture.supplyAsync(() -> lock.forceRelease(1), threads));
        looks.forEach(look -> assertThat(look)
                .as("none of them has an answer yet")
                .failsWithin(Duration.ofMillis(100))
                .withThrowableOfType(TimeoutException.class));
        reply.countDown();
        looks.forEach(look -> assertThat(look).succeedsWithin(Duration.ofSeconds(5)));
    }

    private CompletableFuture<Lease> acquire(String name, Duration timeout) {
        return CompletableFuture.supplyAsync(() -> crowded.acquire(name, timeout), threads);
    }

    private void keepTheOneConnectionBusy() {
        CountDownLatch busy = new CountDownLatch(1);
        // Of this lock only: the waiter's own commands go on, or it would be its reply that is withheld.
        wire.afterAcquisitionOf("something else", () -> {
            busy.countDown();
            await(reply);
        });
        threads.execute(() -> crowded.acquire("something else", Duration.ofSeconds(9)));
        await(busy);
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void whoIsInterruptedInTheCrowdLeavesItWithHisFlagAndTakesNoRoom() {
        Admission admission = new Admission(1);
        admission.enter(0);
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> admission.enter(Long.MAX_VALUE))
                .isInstanceOf(StoreFailure.class)
                .hasMessage("interrupted while all 1 connections were in use");
        assertThat(Thread.interrupted()).isTrue();
        admission.leave();
        admission.enter(0);
        assertThatThrownBy(() -> admission.enter(0))
                .hasMessageStartingWith("all 1 connections were in use for the whole wait");
    }
}
