// SPDX-License-Identifier: Apache-2.0
package dev.guarded.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.guarded.lock.Lease;
import dev.guarded.lock.LockNotGrantedException;
import dev.guarded.lock.NamedLock;
import dev.guarded.testkit.Proves;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

/** A stage waits as a thread does, without a thread. */
public abstract class AsyncContract extends Contract<Site> {

    @Test
    @Proves({"A22", "#17", "law 14"})
    void aFreeLockCompletesTheStageWithADetachedLease() throws Exception {
        NamedLock lock = lock();
        Lease lease = completed(lock.acquireAsync(PATIENCE).toCompletableFuture());
        assertThat(lease.isHeld()).isTrue();
        assertThat(lease.name()).isEqualTo(name());
        assertThatThrownBy(() -> locks().requireHeld(name())).isInstanceOf(IllegalStateException.class);
        assertTaken(lock);
        lease.close();
        assertFree(lock);
    }

    @Test
    @Proves({"A15", "B3"})
    void aReleaseCompletesTheStageOfAWaiter() throws Exception {
        NamedLock lock = lock();
        Lease held = lock.acquire(PATIENCE);
        CompletableFuture<Lease> stage = lock.acquireAsync(PATIENCE).toCompletableFuture();
        awaitWaiters(lock, 1);
        assertThat(stage).isNotDone();
        held.close();
        assertThat(completed(stage).isHeld()).isTrue();
    }

    @Test
    @Proves({"A16", "A23", "law 6"})
    void theTimeoutCompletesTheStageWithARefusal() {
        NamedLock lock = lock();
        Lease held = lock.acquire(PATIENCE);
        Duration timeout = Duration.ofMillis(500);
        for (Duration limit : List.of(timeout, Duration.ZERO)) {
            long before = System.nanoTime();
            CompletableFuture<Lease> stage = lock.acquireAsync(limit).toCompletableFuture();
            assertThatThrownBy(() -> completed(stage))
                    .isInstanceOf(ExecutionException.class)
                    .hasCauseInstanceOf(LockNotGrantedException.class);
            assertThat(Duration.ofNanos(System.nanoTime() - before)).isBetween(limit, limit.plus(ONE_COMMAND));
        }
        assertThat(held.isHeld()).isTrue();
    }

    @Test
    @Proves({"B2", "H18"})
    void stagesAndThreadsStandInOneQueue() throws Exception {
        NamedLock lock = lock();
        Lease held = lock.acquire(PATIENCE);
        CompletableFuture<Lease> first = lock.acquireAsync(PATIENCE).toCompletableFuture();
        awaitWaiters(lock, 1);
        Caller<Lease> second = startWaiting(lock);
        CompletableFuture<Lease> third = lock.acquireAsync(PATIENCE).toCompletableFuture();
        awaitWaiters(lock, 3);
        held.close();
        Lease lease = completed(first);
        assertThat(second.isDone()).isFalse();
        lease.close();
        lease = second.result();
        assertThat(third).isNotDone();
        lease.close();
        assertThat(completed(third).isHeld()).isTrue();
    }

    @Test
    @Proves({"A26", "H10", "law 5"})
    void cancellingAfterTheGrantDoesNotTakeTheLeaseAway() throws Exception {
        NamedLock lock = lock();
        CompletableFuture<Lease> stage = lock.acquireAsync(PATIENCE).toCompletableFuture();
        Lease lease = completed(stage);
        assertThat(stage.cancel(true)).isFalse();
        assertThat(lease.isHeld()).isTrue();
        lease.close();
        assertFree(lock);
    }

    @Test
    @Proves({"A26", "H10", "#3", "law 5"})
    void aGrantThatCrossesTheCancellationIsGivenBack() {
        NamedLock lock = lock();
        for (int round = 0; round < 50; round++) {
            Lease held = lock.acquire(PATIENCE);
            CompletableFuture<Lease> stage = lock.acquireAsync(PATIENCE).toCompletableFuture();
            Caller<Boolean> cancelling = start(() -> stage.cancel(true));
            held.close();
            if (!cancelling.result()) {
                stage.join().close();
            }
            assertFree(lock);
        }
    }

    @Test
    @Proves({"B1", "law 1"})
    void stagesNeverHoldTheLockTogether() {
        NamedLock lock = lock();
        Counter counter = new Counter();
        List<CompletableFuture<Void>> stages = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            stages.add(lock.acquireAsync(PATIENCE)
                    .thenAccept(lease -> {
                        counter.increment();
                        lease.close();
                    })
                    .toCompletableFuture());
        }
        stages.forEach(CompletableFuture::join);
        assertThat(counter.value()).isEqualTo(100);
    }

    private static Lease completed(CompletableFuture<Lease> stage)
            throws InterruptedException, ExecutionException, TimeoutException {
        return stage.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    }
}
