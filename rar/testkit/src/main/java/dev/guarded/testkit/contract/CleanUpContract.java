// SPDX-License-Identifier: Apache-2.0
package dev.guarded.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.guarded.lock.AcquireInterruptedException;
import dev.guarded.lock.Lease;
import dev.guarded.lock.LockNotGrantedException;
import dev.guarded.lock.LockSettings;
import dev.guarded.lock.NamedLock;
import dev.guarded.testkit.Proves;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** Whoever gives up leaves nothing behind, and what nobody uses any more is forgotten. */
public abstract class CleanUpContract extends Contract<Site> {

    @Test
    @Proves({"A26", "law 5"})
    void aWaiterWhoseTimeIsUpLeavesNoPlaceInTheQueue() {
        NamedLock lock = lock();
        Lease held = lock.acquire(PATIENCE);
        assertThat(start(() -> lock.acquire(Duration.ofMillis(100))).failure())
                .isInstanceOf(LockNotGrantedException.class);
        assertThat(lock.status().waiters()).isZero();
        held.release();
        assertFree(lock);
    }

    @Test
    @Proves({"A26", "H10", "#3", "law 5"})
    void anInterruptedWaiterLeavesNoPlaceInTheQueue() {
        NamedLock lock = lock();
        Lease held = lock.acquire(PATIENCE);
        Caller<Lease> waiter = startWaiting(lock);
        waiter.interrupt();
        assertThat(waiter.failure()).isInstanceOf(AcquireInterruptedException.class);
        awaitWaiters(lock, 0);
        held.release();
        assertFree(lock);
    }

    @Test
    @Proves({"A26", "H10", "law 5"})
    void aCancelledStageLeavesNoPlaceInTheQueue() {
        NamedLock lock = lock();
        Lease held = lock.acquire(PATIENCE);
        CompletableFuture<Lease> stage =
                lock.acquireAsync(LockSettings.UNLIMITED).toCompletableFuture();
        awaitWaiters(lock, 1);
        assertThat(stage.cancel(false)).isTrue();
        awaitWaiters(lock, 0);
        held.release();
        assertFree(lock);
    }

    @Test
    @Proves({"H10", "#2", "#3", "law 5"})
    void aStormOfInterruptsLeavesNothing() {
        NamedLock lock = lock();
        AtomicBoolean enough = new AtomicBoolean();
        Caller<Boolean> regular = start(() -> {
            while (!enough.get()) {
                lock.acquire(PATIENCE).release();
            }
            return true;
        });
        for (int i = 0; i < 150; i++) {
            Caller<Boolean> victim = start(() -> {
                lock.acquire(PATIENCE).release();
                return true;
            });
            letPass(Duration.ofNanos(ThreadLocalRandom.current().nextLong(1_000_000)));
            victim.interrupt();
            eventually().pollInterval(Duration.ofMillis(1)).until(victim::isDone);
        }
        enough.set(true);
        assertThat(regular.result()).isTrue();
        assertFree(lock);
    }

    @Test
    @Proves({"H10", "#3", "law 5"})
    void aGrantThatCrossesAnInterruptIsGivenBack() {
        NamedLock lock = lock();
        for (int round = 0; round < 300; round++) {
            Lease held = lock.acquire(PATIENCE);
            Caller<Boolean> waiter = start(() -> {
                lock.acquire(PATIENCE).release();
                return true;
            });
            while (lock.status().waiters() == 0) {
                Thread.onSpinWait();
            }
            waiter.interrupt();
            held.release();
            lock.acquire(PATIENCE).release();
        }
        assertFree(lock);
    }

    @Test
    @Proves({"C3", "C4"})
    void failingBodiesAmongGoodOnesLeaveTheLockUsable() {
        NamedLock lock = lock();
        List<Caller<Boolean>> callers = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            boolean good = i % 2 == 0;
            callers.add(start(() -> lock.call(PATIENCE, () -> {
                if (good) {
                    return true;
                }
                throw new IllegalArgumentException("a body that fails");
            })));
        }
        for (int i = 0; i < 5; i++) {
            if (i % 2 == 0) {
                assertThat(callers.get(i).result()).isTrue();
            } else {
                assertThat(callers.get(i).failure()).isInstanceOf(IllegalArgumentException.class);
            }
        }
        assertFree(lock);
    }

    @Test
    @Proves({"E14", "law 15"})
    void theRegistryForgetsWhatNobodyUses() {
        Lease held = lock().acquire(PATIENCE);
        for (int i = 0; i < 500; i++) {
            lock("-" + i).acquire(PATIENCE).release();
        }
        eventually().untilAsserted(() -> {
            System.gc();
            assertThat(locks().listLocks()).extracting(NamedLock::name).containsExactly(name());
        });
        assertThat(held.isHeld()).isTrue();
    }

    @Test
    @Proves({"#14", "law 15"})
    void aHeldOrAwaitedLockIsNeverForgotten() {
        Lease held = lock().acquire(PATIENCE);
        Caller<Lease> waiter = start(() -> locks().acquire(name(), PATIENCE));
        awaitWaiters(lock(), 1);
        for (int i = 0; i < 5; i++) {
            System.gc();
            lock("-other" + i).acquire(PATIENCE).release();
        }
        assertThat(locks().getLock(name())).isPresent();
        assertTaken(lock());
        held.release();
        assertThat(waiter.result().isHeld()).isTrue();
        System.gc();
        assertTaken(lock());
    }
}
