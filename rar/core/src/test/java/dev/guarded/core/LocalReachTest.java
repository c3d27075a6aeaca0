// SPDX-License-Identifier: Apache-2.0
package dev.guarded.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.guarded.lock.Lease;
import dev.guarded.lock.LeaseLostException;
import dev.guarded.lock.LockNotGrantedException;
import dev.guarded.lock.LockSettings;
import dev.guarded.lock.NamedLock;
import dev.guarded.lock.ReleaseOutcome;
import dev.guarded.testkit.Proves;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LocalReachTest {

    private final Cluster cluster = new Cluster();
    private final NamedLock lock = cluster.one.getOrCreateLock("cache", LockSettings.local());

    @Test
    @Proves("E15")
    void localLockAsksNoStore() {
        cluster.wireOne.cut();
        lock.acquire(Duration.ZERO).close();
        assertThat(lock.isLocked()).isFalse();
        assertThat(cluster.wireOne.commands()).isZero();
    }

    @Test
    @Proves({"E9", "E15"})
    void localLockOfOneNodeIsNotTheOtherNodes() {
        Kept.alive(lock.acquire(Duration.ZERO));
        assertThat(cluster.two.getOrCreateLock("cache", LockSettings.local()).tryAcquire())
                .isPresent();
    }

    @Test
    @Proves({"A23", "#36"})
    void waiterIsToldWhoHoldsIt() {
        Kept.alive(lock.acquire(Duration.ZERO));
        Waiting waiting = Waiting.start(cluster.time, lock, Duration.ofSeconds(2));
        cluster.pass(Duration.ofMillis(2100));
        assertThat(waiting.refused()).isInstanceOfSatisfying(LockNotGrantedException.class, e -> {
            assertThat(e.holder().orElseThrow().node()).isEqualTo("node-one");
            assertThat(e.holder().orElseThrow().thread())
                    .isEqualTo(Thread.currentThread().getName());
            assertThat(e.waited()).isBetween(Duration.ofSeconds(2), Duration.ofMillis(2100));
        });
    }

    @Test
    void leaseOfALocalLockEndsAtMaxHoldAndTheNextGoesOn() {
        NamedLock bounded = cluster.one.getOrCreateLock(
                "bounded", LockSettings.local().leaseTime(Duration.ofSeconds(1)).maxHold(Duration.ofSeconds(10)));
        Lease lease = bounded.acquire(Duration.ZERO);
        List<LeaseLostException> losses = new ArrayList<>();
        lease.onLost(losses::add);
        Waiting waiting = Waiting.start(cluster.time, bounded, Duration.ofMinutes(1));
        cluster.pass(Duration.ofMillis(9900));
        waiting.stillWaits();
        assertThat(lease.isHeld()).isTrue();
        cluster.pass(Duration.ofMillis(200));
        assertThat(waiting.granted().isHeld()).isTrue();
        assertThat(lease.isHeld()).isFalse();
        assertThat(losses).hasSize(1);
    }

    @Test
    @Proves("law 11")
    void tokensOfALocalLockRise() {
        long last = 0;
        for (int i = 0; i < 10; i++) {
            try (Lease lease = lock.acquire(Duration.ZERO)) {
                assertThat(lease.fencingToken()).isGreaterThan(last);
                last = lease.fencingToken();
            }
        }
    }

    @Test
    @Proves({"A5", "R1"})
    void threadThatWouldWaitForItselfIsToldAtOnce() {
        Kept.alive(lock.acquire(Duration.ZERO));
        assertThatThrownBy(() -> lock.acquire(Duration.ofMinutes(1)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("GUARDED-0104");
    }

    @Test
    @Proves("law 1")
    void lockKeptForAWhileIsNobodysRightAfterItsRelease() {
        LockSettings kept = LockSettings.local().atLeastFor(Duration.ofSeconds(10));
        try (Race race = new Race()) {
            // Many, because the moment that is meant is short.
            for (int i = 0; i < 10 * Race.TIMES; i++) {
                NamedLock job = cluster.one.getOrCreateLock("job:" + i, kept);
                Lease lease = job.acquire(Duration.ZERO);
                assertThat(race.run(
                                () -> lease.release() == ReleaseOutcome.RELEASED, () -> refusedUntilAfter(lease, job)))
                        .containsExactly(true, true);
            }
        }
    }

    private static boolean refusedUntilAfter(Lease lease, NamedLock job) {
        boolean held;
        do {
            held = lease.isHeld();
            if (job.tryAcquire().isPresent()) {
                return false;
            }
        } while (held);
        return true;
    }

    @Test
    void detachedLeaseIsNobodysOwn() {
        Lease detached = lock.acquire(Duration.ZERO).detach();
        assertThat(lock.tryAcquire()).isEmpty();
        assertThatThrownBy(() -> cluster.one.requireHeld("cache")).isInstanceOf(IllegalStateException.class);
        detached.close();
        assertThat(lock.isLocked()).isFalse();
    }

    @Test
    void closedEngineRefusesAndWakesItsWaiters() {
        Lease lease = lock.acquire(Duration.ZERO);
        Waiting waiting = Waiting.start(cluster.time, lock, Duration.ofMinutes(1));
        cluster.one.close();
        assertThat(waiting.refused()).hasMessageContaining("stopped");
        assertThat(lease.isHeld()).isFalse();
        assertThatThrownBy(() -> cluster.one.acquire("another", Duration.ZERO)).hasMessageContaining("stopped");
    }
}
