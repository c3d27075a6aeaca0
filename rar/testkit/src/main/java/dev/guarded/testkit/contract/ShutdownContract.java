// SPDX-License-Identifier: Apache-2.0
package dev.guarded.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.guarded.lock.Lease;
import dev.guarded.lock.LockException;
import dev.guarded.lock.LockManager;
import dev.guarded.lock.NamedLock;
import dev.guarded.testkit.Proves;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** A lock manager that is closed lets everybody go at once, and lets nobody in again. */
public abstract class ShutdownContract extends Contract<Site> {

    private static final Duration BOUND = Duration.ofSeconds(5);

    @Test
    @Proves({"#23", "law 13", "law 14"})
    void closingWakesAndFailsTheWaitersAndEndsTheLeases() {
        NamedLock lock = lock();
        Lease held = lock.acquire(PATIENCE);
        Caller<Lease> waiter = startWaiting(lock);
        CompletableFuture<Lease> stage = lock.acquireAsync(PATIENCE).toCompletableFuture();
        awaitWaiters(lock, 2);
        Caller<Boolean> closing = start(() -> {
            site().close();
            return true;
        });
        assertThat(closing.result()).isTrue();
        assertThat(closing.took()).isLessThan(BOUND);
        assertThat(waiter.failure()).isInstanceOf(LockException.class);
        assertThatThrownBy(() -> stage.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS))
                .isInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(LockException.class);
        assertThat(held.isHeld()).isFalse();
        held.close();
    }

    @Test
    @Proves({"#23", "law 14"})
    void aClosedLockManagerGrantsNothing() {
        NamedLock before = lock();
        LockManager locks = locks();
        site().close();
        AtomicBoolean ran = new AtomicBoolean();
        assertThatThrownBy(() -> before.acquire(PATIENCE)).isInstanceOf(LockException.class);
        assertThatThrownBy(before::tryAcquire).isInstanceOf(LockException.class);
        assertThatThrownBy(() -> before.run(PATIENCE, () -> ran.set(true))).isInstanceOf(LockException.class);
        assertThatThrownBy(() -> locks.acquire(name() + "-new", PATIENCE)).isInstanceOf(LockException.class);
        assertThat(ran).isFalse();
    }

    @Test
    @Proves("#23")
    void closingAgainDoesNothing() {
        Lease lease = lock().acquire(PATIENCE);
        site().close();
        site().close();
        lease.close();
        assertThat(lease.isHeld()).isFalse();
    }
}
