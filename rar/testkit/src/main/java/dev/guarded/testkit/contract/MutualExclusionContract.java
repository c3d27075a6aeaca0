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
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** A lock has one holder, also among threads that share one {@link NamedLock}. */
public abstract class MutualExclusionContract extends Contract<Site> {

    private static final int THREADS = 8;
    private static final int ROUNDS = 50;

    @Test
    @Proves({"H2", "B1", "law 1"})
    void threadsThatShareOneLockNeverMeet() {
        NamedLock lock = lock();
        Counter counter = new Counter();
        runInThreads(() -> {
            Lease lease = lock.acquire(PATIENCE);
            counter.increment();
            lease.close();
        });
        assertThat(counter.value()).isEqualTo(THREADS * ROUNDS);
    }

    @Test
    @Proves({"B13", "B7", "H17", "E8"})
    void threadsThatLookTheLockUpByNameNeverMeet() {
        Counter counter = new Counter();
        runInThreads(() -> {
            Lease lease = lock().acquire(PATIENCE);
            counter.increment();
            lease.close();
        });
        assertThat(counter.value()).isEqualTo(THREADS * ROUNDS);
    }

    @Test
    @Proves("B5")
    void guardedCallsNeverMeet() {
        NamedLock lock = lock();
        Counter counter = new Counter();
        runInThreads(() -> lock.run(PATIENCE, counter::increment));
        assertThat(counter.value()).isEqualTo(THREADS * ROUNDS);
    }

    @Test
    @Proves({"law 1", "law 11"})
    void noHoldBeginsBeforeTheLastHasEnded() {
        NamedLock lock = lock();
        History history = new History();
        List<Caller<Boolean>> callers = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            History.Page page = history.newPage();
            callers.add(start(() -> {
                for (int round = 0; round < ROUNDS; round++) {
                    page.during(lock, PATIENCE, () -> {});
                }
                return true;
            }));
        }
        callers.forEach(Caller::result);
        assertThat(history.size()).isEqualTo(THREADS * ROUNDS);
        history.assertNeverTwoHolders();
        history.assertTokensRose();
    }

    @Test
    @Proves({"A13", "A23", "R7"})
    void aHeldLockIsRefusedToEverybodyElse() {
        NamedLock lock = lock();
        Lease lease = lock.acquire(PATIENCE);
        assertTaken(lock);
        assertThat(start(() -> lock.acquire(Duration.ZERO)).failure()).isInstanceOf(LockNotGrantedException.class);
        assertThat(elsewhere(() -> lock.tryRun(() -> {}))).isFalse();
        assertThat(lease.isHeld()).isTrue();
    }

    @Test
    @Proves({"A1", "A3", "A5", "A6", "B6"})
    void aLockIsFreeThenHeldThenFreeAgain() {
        NamedLock lock = lock();
        for (int round = 0; round < 3; round++) {
            assertThat(lock.isLocked()).isFalse();
            Lease lease = lock.acquire(PATIENCE);
            assertThat(lock.isLocked()).isTrue();
            assertThat(lease.isHeld()).isTrue();
            lease.close();
            assertThat(lease.isHeld()).isFalse();
        }
        assertThat(lock.isLocked()).isFalse();
    }

    @Test
    @Proves({"B6", "E17", "E18", "A2"})
    void locksOfDifferentNamesDoNotExcludeEachOther() {
        Lease outer = lock("outer").acquire(PATIENCE);
        Lease inner = lock("inner").acquire(PATIENCE);
        inner.close();
        assertThat(outer.isHeld()).isTrue();
        assertTaken(lock("outer"));
        assertFree(lock("inner"));
        outer.close();
        assertFree(lock("outer"));
    }

    @Test
    @Proves({"A18", "A2", "E2"})
    void unnamedLocksDoNotExcludeEachOther() {
        NamedLock first = locks().createLock(settings());
        NamedLock second = locks().createLock(settings());
        assertThat(first.name()).isNotEqualTo(second.name());
        Lease lease = first.acquire(PATIENCE);
        assertThat(second.tryAcquire()).isPresent();
        assertTaken(first);
        assertThat(lease.name()).isEqualTo(first.name());
    }

    @Test
    @Proves("law 1")
    void twoNamesWithOneKeyExcludeEachOther() {
        NamedLock one = locks().getOrCreateLock(name() + "-one", settings().key(name()));
        NamedLock other = locks().getOrCreateLock(name() + "-other", settings().key(name()));
        Lease lease = one.acquire(PATIENCE);
        assertTaken(other);
        lease.close();
        assertFree(other);
    }

    @Test
    @Proves({"A4", "C1", "R9"})
    void aBodyThatFailsFreesTheLock() {
        NamedLock lock = lock();
        assertThatThrownBy(() -> {
                    try (Lease lease = lock.acquire(PATIENCE)) {
                        throw new IllegalArgumentException("the body failed under token " + lease.fencingToken());
                    }
                })
                .isInstanceOf(IllegalArgumentException.class)
                .hasNoSuppressedExceptions();
        assertFree(lock);
    }

    @Test
    @Proves("B4")
    void aLockComposesWithABoundedQueue() {
        NamedLock lock = lock();
        BlockingQueue<Integer> queue = new ArrayBlockingQueue<>(1);
        Counter consumed = new Counter();
        Caller<Boolean> producer = start(() -> {
            for (int i = 0; i < ROUNDS; i++) {
                lock.acquire(PATIENCE).close();
                queue.put(i);
            }
            return true;
        });
        for (int i = 0; i < ROUNDS; i++) {
            assertThat(elsewhere(() -> queue.poll(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)))
                    .isEqualTo(i);
            lock.run(PATIENCE, consumed::increment);
        }
        assertThat(producer.result()).isTrue();
        assertThat(consumed.value()).isEqualTo(ROUNDS);
    }

    private void runInThreads(Runnable round) {
        List<Caller<Boolean>> callers = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            callers.add(start(() -> {
                for (int n = 0; n < ROUNDS; n++) {
                    round.run();
                }
                return true;
            }));
        }
        callers.forEach(Caller::result);
    }
}
