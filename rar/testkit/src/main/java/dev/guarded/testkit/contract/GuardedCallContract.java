// SPDX-License-Identifier: Apache-2.0
package dev.guarded.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.guarded.lock.Lease;
import dev.guarded.lock.LockNotGrantedException;
import dev.guarded.lock.NamedLock;
import dev.guarded.testkit.Proves;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** A body runs under its lock or not at all, and what it returns or throws arrives unchanged. */
public abstract class GuardedCallContract extends Contract<Site> {

    @Test
    @Proves({"A4", "A14", "A21", "B5"})
    void theResultArrivesAndTheLockIsHeldDuringTheBodyOnly() {
        NamedLock lock = lock();
        String result = lock.call(PATIENCE, () -> {
            assertTaken(lock);
            return "done";
        });
        assertThat(result).isEqualTo("done");
        assertFree(lock);
        assertThat(lock.<Object, RuntimeException>call(PATIENCE, () -> name())).isEqualTo(name());
    }

    @Test
    @Proves({"C1", "C2", "R9"})
    void theBodysExceptionArrivesUnchangedAndFreesTheLock() {
        NamedLock lock = lock();
        IOException checked = new IOException("what the body has to say");
        assertThatThrownBy(() -> lock.call(PATIENCE, () -> {
                    throw checked;
                }))
                .isSameAs(checked)
                .hasNoSuppressedExceptions();
        assertFree(lock);
        ArithmeticException unchecked = new ArithmeticException("and what else");
        assertThatThrownBy(() -> lock.run(PATIENCE, () -> {
                    throw unchecked;
                }))
                .isSameAs(unchecked);
        assertFree(lock);
        assertThatThrownBy(() -> lock.tryRun(() -> {
                    throw unchecked;
                }))
                .isSameAs(unchecked);
        assertFree(lock);
    }

    @Test
    @Proves({"C5", "A23", "#26", "law 18"})
    void noBodyRunsWithoutItsLock() {
        NamedLock lock = lock();
        Lease held = lock.acquire(PATIENCE);
        AtomicBoolean ran = new AtomicBoolean();
        Duration timeout = Duration.ofMillis(100);
        assertThat(start(() -> lock.call(timeout, () -> ran.getAndSet(true))).failure())
                .isInstanceOf(LockNotGrantedException.class)
                .hasMessageContaining(name());
        assertThat(elsewhere(() -> lock.tryRun(() -> ran.set(true)))).isFalse();
        assertThat(ran).isFalse();
        assertThat(held.isHeld()).isTrue();
        held.close();
        assertThat(lock.tryRun(() -> ran.set(true))).isTrue();
        assertThat(ran).isTrue();
    }

    @Test
    @Proves({"A5", "R1", "law 12"})
    void aNestedCallOnTheSameThreadJoins() {
        NamedLock lock = lock();
        lock.run(PATIENCE, () -> {
            long token = locks().requireHeld(name()).fencingToken();
            lock.run(
                    Duration.ZERO,
                    () -> assertThat(locks().requireHeld(name()).fencingToken()).isEqualTo(token));
            assertTaken(lock);
            assertThat(lock.tryRun(() -> assertTaken(lock))).isTrue();
            assertTaken(lock);
            assertThat(locks().requireHeld(name()).isHeld()).isTrue();
        });
        assertFree(lock);
    }

    @Test
    @Proves({"A5", "C2", "law 12"})
    void aNestedCallThatFailsEndsOnlyItself() {
        NamedLock lock = lock();
        lock.run(PATIENCE, () -> {
            assertThatThrownBy(() -> lock.run(PATIENCE, () -> {
                        throw new ArithmeticException("the inner body");
                    }))
                    .isInstanceOf(ArithmeticException.class);
            assertTaken(lock);
        });
        assertFree(lock);
    }

    @Test
    @Proves({"A5", "law 12"})
    void aCallUnderAnOpenLeaseOfTheSameThreadJoins() {
        NamedLock lock = lock();
        try (Lease lease = lock.acquire(PATIENCE)) {
            assertThat(lock.<Long, RuntimeException>call(
                            Duration.ZERO, () -> locks().requireHeld(name()).fencingToken()))
                    .isEqualTo(lease.fencingToken());
            assertThat(lease.isHeld()).isTrue();
            assertTaken(lock);
        }
        assertFree(lock);
    }

    @Test
    @Proves("law 12")
    void joiningNeverCrossesThreads() {
        NamedLock lock = lock();
        lock.run(
                PATIENCE,
                () -> assertThat(elsewhere(() -> lock.tryRun(() -> {}))).isFalse());
        assertFree(lock);
    }

    @Test
    @Proves({"A5", "R1", "law 12"})
    void acquiringWhatTheThreadHoldsAlreadyFailsAtOnce() {
        NamedLock lock = lock();
        Caller<Boolean> caller = start(() -> {
            Lease lease = lock.acquire(PATIENCE);
            assertThatThrownBy(() -> lock.acquire(PATIENCE))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageStartingWith("GUARDED-0104")
                    .hasMessageContaining(name());
            lock.run(
                    PATIENCE,
                    () -> assertThatThrownBy(() -> lock.acquire(PATIENCE)).isInstanceOf(IllegalStateException.class));
            assertThat(lease.isHeld()).isTrue();
            lease.close();
            return true;
        });
        assertThat(caller.result()).isTrue();
        assertThat(caller.took()).isLessThan(PATIENCE.dividedBy(2));
        assertFree(lock);
    }

    @Test
    @Proves({"#25", "law 14"})
    void requireHeldGivesTheLeaseUnderWhichTheThreadRuns() {
        NamedLock lock = lock();
        lock.run(PATIENCE, () -> {
            Lease lease = locks().requireHeld(name());
            assertThat(lease.name()).isEqualTo(name());
            assertThat(lease.isHeld()).isTrue();
            lease.close();
            assertThat(lease.isHeld()).as("closing what is not yours").isTrue();
            assertTaken(lock);
            assertThat(start(() -> locks().requireHeld(name())).failure()).isInstanceOf(IllegalStateException.class);
        });
        assertNotHeldHere();
    }

    @Test
    @Proves({"#25", "law 14"})
    void requireHeldFollowsAnOpenLeaseOfTheThread() {
        assertNotHeldHere();
        NamedLock lock = lock();
        Lease lease = lock.acquire(PATIENCE);
        assertThat(locks().requireHeld(name()).fencingToken()).isEqualTo(lease.fencingToken());
        lease.close();
        assertNotHeldHere();
        Lease detached = lock.acquire(PATIENCE).detach();
        assertNotHeldHere();
        assertThat(detached.release()).isNotNull();
    }

    private void assertNotHeldHere() {
        assertThatThrownBy(() -> locks().requireHeld(name()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining(name());
    }
}
