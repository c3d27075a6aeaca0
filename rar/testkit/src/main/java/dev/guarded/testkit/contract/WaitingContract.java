// SPDX-License-Identifier: Apache-2.0
package dev.guarded.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.guarded.lock.AcquireInterruptedException;
import dev.guarded.lock.Lease;
import dev.guarded.lock.LockNotGrantedException;
import dev.guarded.lock.LockSettings;
import dev.guarded.lock.NamedLock;
import dev.guarded.testkit.Proves;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;

/** Every wait is as long as its caller said: not longer, and not shorter without a grant. */
public abstract class WaitingContract extends Contract<Site> {

    @Test
    @Proves({"A16", "A23", "H6", "law 6"})
    void aWaitEndsAtItsTimeoutNeitherEarlyNorLate() {
        NamedLock lock = lock();
        Lease held = lock.acquire(PATIENCE);
        Duration timeout = Duration.ofMillis(700);
        Caller<Lease> waiter = start(() -> lock.acquire(timeout));
        assertThat(waiter.failure()).isInstanceOfSatisfying(LockNotGrantedException.class, refusal -> {
            assertThat(refusal.lockName()).isEqualTo(name());
            assertThat(refusal.waited()).isBetween(timeout, timeout.plus(ONE_COMMAND));
            assertThat(refusal.holder())
                    .hasValueSatisfying(holder -> assertThat(holder.thread()).isEqualTo(callersName()));
            assertThat(refusal).hasMessageContaining(name()).hasMessageStartingWith("GUARDED-");
        });
        assertThat(waiter.took()).isBetween(timeout, timeout.plus(ONE_COMMAND));
        assertThat(held.isHeld()).isTrue();
    }

    @Test
    @Proves({"A24", "A22"})
    void aTimeoutOfZeroTakesAFreeLock() {
        assertThat(lock().acquire(Duration.ZERO).isHeld()).isTrue();
    }

    @Test
    @Proves("A24")
    void aTimeoutOfZeroOrOneMillisecondGivesUpOnAHeldLock() {
        NamedLock lock = lock();
        Lease held = lock.acquire(PATIENCE);
        for (Duration timeout : List.of(Duration.ZERO, Duration.ofMillis(1))) {
            Caller<Lease> waiter = start(() -> lock.acquire(timeout));
            assertThat(waiter.failure()).isInstanceOf(LockNotGrantedException.class);
            assertThat(waiter.took()).isLessThan(timeout.plus(ONE_COMMAND));
        }
        assertThat(held.isHeld()).isTrue();
    }

    @Test
    @Proves({"A15", "A16", "B3", "H6"})
    void aLockReleasedDuringTheWaitIsGranted() {
        NamedLock lock = lock();
        Lease held = lock.acquire(PATIENCE);
        Caller<Lease> waiter = startWaiting(lock);
        // Longer than a few hasty attempts would last.
        letPass(Duration.ofMillis(700));
        assertThat(waiter.isDone()).isFalse();
        held.close();
        assertThat(waiter.result().isHeld()).isTrue();
    }

    @Test
    @Proves("A25")
    void anUnlimitedWaitEndsWithTheGrant() {
        NamedLock lock = lock();
        Lease held = lock.acquire(LockSettings.UNLIMITED);
        Caller<Lease> waiter = startWaiting(lock, LockSettings.UNLIMITED);
        held.close();
        assertThat(waiter.result().isHeld()).isTrue();
    }

    @Test
    @Proves({"A25", "A22"})
    void theDefaultTimeoutTakesAFreeLock() {
        lock();
        assertThat(locks().acquire(name()).isHeld()).isTrue();
        assertThat(lock("other").acquire().isHeld()).isTrue();
    }

    @Test
    @Proves({"H7", "B2"})
    void everyContenderIsServedWithinItsTimeout() {
        NamedLock lock = lock();
        List<Caller<Boolean>> contenders = new ArrayList<>();
        for (int i = 0; i < 15; i++) {
            contenders.add(start(() -> {
                Lease lease = lock.acquire(Duration.ofSeconds(30));
                letPass(Duration.ofMillis(50));
                lease.close();
                return true;
            }));
        }
        assertThat(contenders)
                .allSatisfy(contender -> assertThat(contender.result()).isTrue());
    }

    @Test
    @Proves({"B2", "H18", "law 10"})
    void waitersOfOneJvmAreServedInTheOrderOfTheirArrival() {
        NamedLock lock = lock();
        Lease held = lock.acquire(PATIENCE);
        ConcurrentLinkedQueue<Integer> served = new ConcurrentLinkedQueue<>();
        List<Caller<Boolean>> waiters = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            int number = i;
            waiters.add(start(() -> {
                Lease lease = lock.acquire(PATIENCE);
                served.add(number);
                lease.close();
                return true;
            }));
            awaitWaiters(lock, i + 1);
        }
        held.close();
        waiters.forEach(Caller::result);
        assertThat(served).containsExactly(0, 1, 2, 3, 4, 5);
    }

    @Test
    @Proves({"A13", "law 10"})
    void tryAcquireDoesNotWaitAndDoesNotOvertake() {
        NamedLock lock = lock();
        Lease held = lock.acquire(PATIENCE);
        Caller<Lease> waiter = startWaiting(lock);
        Caller<Boolean> impatient = start(() -> lock.tryAcquire().isPresent());
        assertThat(impatient.result()).isFalse();
        assertThat(impatient.took()).isLessThan(ONE_COMMAND);
        held.close();
        assertThat(elsewhere(lock::tryAcquire)).isEmpty();
        assertThat(waiter.result().isHeld()).isTrue();
    }

    @Test
    @Proves({"A26", "H10", "law 5"})
    void anInterruptEndsTheWait() {
        NamedLock lock = lock();
        Lease held = lock.acquire(PATIENCE);
        Caller<Boolean> waiter = start(() -> {
            assertThatThrownBy(() -> lock.acquire(PATIENCE))
                    .isInstanceOfSatisfying(
                            AcquireInterruptedException.class,
                            e -> assertThat(e.lockName()).isEqualTo(name()));
            return Thread.currentThread().isInterrupted();
        });
        awaitWaiters(lock, 1);
        waiter.interrupt();
        assertThat(waiter.result()).as("the interrupt flag is set again").isTrue();
        assertThat(held.isHeld()).isTrue();
        held.close();
        assertFree(lock);
    }

    @Test
    @Proves("H10")
    void anInterruptedThreadDoesNotBeginToWait() {
        NamedLock lock = lock();
        Lease held = lock.acquire(PATIENCE);
        Caller<Boolean> waiter = start(() -> {
            Thread.currentThread().interrupt();
            assertThatThrownBy(() -> lock.acquire(LockSettings.UNLIMITED))
                    .isInstanceOf(AcquireInterruptedException.class);
            return Thread.currentThread().isInterrupted();
        });
        assertThat(waiter.result()).as("the interrupt flag is set again").isTrue();
        held.close();
        assertFree(lock);
    }

    @Test
    @Proves("A24")
    void aNegativeTimeoutIsRefused() {
        NamedLock lock = lock();
        Duration negative = Duration.ofNanos(-1);
        assertThatThrownBy(() -> lock.acquire(negative))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(negative.toString());
        assertThatThrownBy(() -> locks().acquire(name(), negative)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> lock.run(negative, () -> {})).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> lock.acquireAsync(negative)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> locks().acquireAll(List.of(name()), negative))
                .isInstanceOf(IllegalArgumentException.class);
        assertFree(lock);
    }

    @Test
    @Proves({"#12", "law 5"})
    void aWaiterWhoGivesUpDoesNotHoldUpThoseBehindHim() {
        NamedLock lock = lock();
        Lease held = lock.acquire(PATIENCE);
        Caller<Lease> impatient = startWaiting(lock, Duration.ofMillis(500));
        Caller<Lease> patient = startWaiting(lock);
        assertThat(impatient.failure()).isInstanceOf(LockNotGrantedException.class);
        held.close();
        assertThat(patient.result().isHeld()).isTrue();
    }
}
