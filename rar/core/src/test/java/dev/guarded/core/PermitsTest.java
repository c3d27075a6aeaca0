// SPDX-License-Identifier: Apache-2.0
package dev.guarded.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.guarded.lock.Lease;
import dev.guarded.lock.LockNotGrantedException;
import dev.guarded.lock.LockSettings;
import dev.guarded.lock.NamedLock;
import dev.guarded.lock.Reach;
import dev.guarded.lock.ReleaseOutcome;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Locks with several permits, under manual time. */
class PermitsTest {

    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final Cluster cluster = new Cluster();

    private NamedLock lock(Reach reach, int permits) {
        return cluster.one.getOrCreateLock(
                "permits", LockSettings.defaults().reach(reach).permits(permits));
    }

    private static Lease taken(NamedLock lock) {
        return lock.acquire(Duration.ZERO).detach();
    }

    @ParameterizedTest
    @EnumSource(Reach.class)
    void asManyHoldAsThereArePermitsAndAReleaseLetsOneMoreIn(Reach reach) {
        NamedLock lock = lock(reach, 3);
        List<Lease> leases = List.of(taken(lock), taken(lock), taken(lock));
        assertThat(lock.tryAcquire()).isEmpty();
        Waiting waiting = Waiting.start(cluster.time, lock, MINUTE);
        Waiting behind = Waiting.start(cluster.time, lock, MINUTE);
        leases.get(1).close();
        Lease fourth = waiting.granted();
        cluster.pass(Duration.ofMillis(100));
        behind.stillWaits();
        assertThat(fourth.isHeld()).isTrue();
        assertThat(leases.get(0).isHeld()).isTrue();
        assertThat(lock.status().holders()).hasSize(3);
        assertThat(leases.get(1).release()).as("a second time").isEqualTo(ReleaseOutcome.NOT_OWNER);
        behind.stillWaits();
        leases.get(2).close();
        assertThat(behind.granted().isHeld()).isTrue();
    }

    @ParameterizedTest
    @EnumSource(Reach.class)
    void threadMayTakeAllPermitsAndIsToldWhenItAsksForOneMore(Reach reach) {
        NamedLock lock = lock(reach, 2);
        Lease first = lock.acquire(MINUTE);
        Lease second = lock.acquire(MINUTE);
        assertThat(second.fencingToken()).isNotEqualTo(first.fencingToken());
        assertThatThrownBy(() -> lock.acquire(MINUTE))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith("GUARDED-0104 Lock 'permits' would wait for itself: this thread holds it");
        assertThat(cluster.one.requireHeld("permits").fencingToken())
                .as("the innermost")
                .isEqualTo(second.fencingToken());
        second.close();
        assertThat(cluster.one.requireHeld("permits").fencingToken()).isEqualTo(first.fencingToken());
        first.close();
        assertThat(lock.isLocked()).isFalse();
    }

    @ParameterizedTest
    @EnumSource(Reach.class)
    void guardedCallJoinsThePermitThatItsThreadHas(Reach reach) {
        NamedLock lock = lock(reach, 2);
        lock.run(MINUTE, () -> {
            Lease outer = cluster.one.requireHeld("permits");
            lock.run(
                    MINUTE,
                    () -> assertThat(cluster.one.requireHeld("permits").fencingToken())
                            .isEqualTo(outer.fencingToken()));
            assertThat(lock.status().holders()).hasSize(1);
        });
        assertThat(lock.isLocked()).isFalse();
    }

    @ParameterizedTest
    @EnumSource(Reach.class)
    void forcedReleaseTakesOneOfSeveralPermits(Reach reach) {
        NamedLock lock = lock(reach, 2);
        Lease first = taken(lock);
        Lease second = taken(lock);
        assertThat(lock.forceRelease(first.fencingToken())).isEqualTo(ReleaseOutcome.RELEASED);
        assertThat(first.isHeld()).isFalse();
        assertThat(second.isHeld()).isTrue();
        cluster.pass(Duration.ofMillis(50));
        assertThat(lock.forceRelease(first.fencingToken())).isEqualTo(ReleaseOutcome.NOT_OWNER);
        assertThat(taken(lock).isHeld()).isTrue();
    }

    @Test
    void permitWhoseTimeRanOutIsAnothersAtOnce() {
        NamedLock lock = cluster.one.getOrCreateLock(
                "short", LockSettings.local().permits(2).leaseTime(MINUTE).maxHold(MINUTE));
        Lease first = taken(lock);
        cluster.time.pause(MINUTE.dividedBy(2));
        Lease second = taken(lock);
        assertThat(lock.tryAcquire()).isEmpty();
        cluster.time.pause(MINUTE.dividedBy(2));
        assertThat(taken(lock).isHeld()).isTrue();
        assertThat(first.isHeld()).isFalse();
        assertThat(second.isHeld()).isTrue();
        assertThat(lock.tryAcquire()).isEmpty();
    }

    @Test
    void waiterForALocalPermitSleepsUntilTheFirstLeaseEnds() {
        NamedLock lock = cluster.one.getOrCreateLock(
                "short", LockSettings.local().permits(2).leaseTime(MINUTE).maxHold(MINUTE));
        taken(lock);
        cluster.time.pause(Duration.ofSeconds(1));
        taken(lock);
        var stage = lock.acquireAsync(MINUTE.multipliedBy(2)).toCompletableFuture();
        cluster.time.advance(Duration.ofMillis(58_999));
        assertThat(stage).isNotDone();
        cluster.time.advance(Duration.ofMillis(1));
        assertThat(stage).isDone();
    }

    @Test
    void permitsOfTwoNodesAreCountedTogether() {
        NamedLock here = lock(Reach.CLUSTER, 2);
        NamedLock there =
                cluster.two.getOrCreateLock("permits", LockSettings.cluster().permits(2));
        taken(here);
        Lease second = taken(there);
        assertThatThrownBy(() -> here.acquire(Duration.ZERO)).isInstanceOf(LockNotGrantedException.class);
        second.close();
        assertThat(taken(here).isHeld()).isTrue();
    }

    @Test
    void lockWithPermitsHasNoReadingSide() {
        assertThatThrownBy(() -> lock(Reach.LOCAL, 2).readLock())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith("GUARDED-0012 Lock 'permits' has 2 permits");
    }

    @Test
    void permitThatIsNoLongerTheThreadsIsWaitedForLikeAnybodyElses() {
        NamedLock lock = lock(Reach.LOCAL, 2);
        Lease passedOn = lock.acquire(MINUTE).detach();
        try (Lease own = lock.acquire(MINUTE)) {
            assertThat(lock.tryAcquire()).isEmpty();
            passedOn.close();
            assertThat(lock.tryAcquire()).isPresent();
            assertThat(own.isHeld()).isTrue();
        }
    }
}
