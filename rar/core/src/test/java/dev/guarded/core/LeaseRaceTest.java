// SPDX-License-Identifier: Apache-2.0
package dev.guarded.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.guarded.lock.AcquireInterruptedException;
import dev.guarded.lock.Lease;
import dev.guarded.lock.LeaseLostException;
import dev.guarded.lock.NamedLock;
import dev.guarded.lock.ReleaseOutcome;
import dev.guarded.testkit.Proves;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/** Ends of one lease, and of a wait for it, that meet. */
class LeaseRaceTest {

    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final Duration A_MOMENT = Duration.ofMillis(100);

    private final Race race = new Race();
    private final Cluster cluster = new Cluster();
    private final List<LeaseLostException> losses = new CopyOnWriteArrayList<>();

    @AfterEach
    void close() {
        race.close();
    }

    private NamedLock lock(int time) {
        return cluster.one.getOrCreateLock("orders:" + time);
    }

    private Lease watched(NamedLock lock) {
        Lease lease = lock.acquire(Duration.ZERO);
        losses.clear();
        lease.onLost(losses::add);
        return lease;
    }

    private void assertFree(NamedLock lock) {
        cluster.pass(A_MOMENT);
        assertThat(cluster.store.inspect(lock.name()).holders()).isEmpty();
        assertThat(cluster.store.inspect(lock.name()).queued()).isZero();
        Lease next = cluster.two.acquire(lock.name(), Duration.ZERO);
        assertThat(next.release()).isEqualTo(ReleaseOutcome.RELEASED);
    }

    @Test
    @Proves("law 4")
    void ofTwoReleasesOneCounts() {
        for (int i = 0; i < Race.TIMES; i++) {
            NamedLock lock = lock(i);
            Lease lease = lock.acquire(Duration.ZERO);
            assertThat(race.run(lease::release, lease::release))
                    .containsExactlyInAnyOrder(ReleaseOutcome.RELEASED, ReleaseOutcome.NOT_OWNER);
            assertFree(lock);
        }
    }

    @Test
    @Proves("law 8")
    void renewalThatMeetsTheReleaseBringsNothingBack() {
        for (int i = 0; i < Race.TIMES; i++) {
            NamedLock lock = lock(i);
            Lease lease = watched(lock);
            assertThat(race.run(lease::release, () -> renew(lease)).get(0)).isEqualTo(ReleaseOutcome.RELEASED);
            assertThat(lease.isHeld()).isFalse();
            assertFree(lock);
            assertThat(losses).isEmpty();
        }
    }

    private static ReleaseOutcome renew(Lease lease) {
        try {
            lease.renew();
            return ReleaseOutcome.UNKNOWN;
        } catch (LeaseLostException over) {
            return ReleaseOutcome.NOT_OWNER;
        }
    }

    @Test
    @Proves("law 2")
    void lossThatMeetsTheReleaseIsToldOnceOrNotAtAll() {
        for (int i = 0; i < Race.TIMES; i++) {
            NamedLock lock = lock(i);
            Lease lease = watched(lock);
            cluster.store.lose(lock.name());
            ReleaseOutcome released = race.run(lease::release, () -> renew(lease), () -> renew(lease))
                    .get(0);
            assertThat(released).isEqualTo(ReleaseOutcome.NOT_OWNER);
            assertThat(lease.isHeld()).isFalse();
            assertFree(lock);
            assertThat(losses).hasSizeLessThanOrEqualTo(1);
        }
    }

    @Test
    @Proves("law 5")
    void handOverThatMeetsAnInterruptIsTakenOrPassedOn() {
        for (int i = 0; i < Race.TIMES; i++) {
            NamedLock lock = lock(i);
            Lease lease = lock.acquire(Duration.ZERO);
            Waiting interrupted = Waiting.start(cluster.time, lock, PATIENCE);
            Waiting behind = Waiting.start(cluster.time, lock, PATIENCE);
            race.run(lease::release, () -> {
                interrupted.interrupt();
                return ReleaseOutcome.UNKNOWN;
            });
            closeUnlessInterrupted(interrupted.answer());
            assertThat(behind.granted().release()).isEqualTo(ReleaseOutcome.RELEASED);
            assertFree(lock);
        }
    }

    private static void closeUnlessInterrupted(CompletableFuture<Lease> answer) {
        try {
            answer.orTimeout(10, TimeUnit.SECONDS).join().close();
        } catch (CompletionException e) {
            assertThat(e.getCause()).isInstanceOf(AcquireInterruptedException.class);
        }
    }

    @Test
    @Proves("law 5")
    void grantThatMeetsTheCancellationOfItsStageIsGivenBack() {
        for (int i = 0; i < Race.TIMES; i++) {
            NamedLock lock = lock(i);
            Lease lease = lock.acquire(Duration.ZERO);
            CompletableFuture<Lease> stage = lock.acquireAsync(PATIENCE).toCompletableFuture();
            cluster.pass(A_MOMENT);
            race.run(lease::release, () -> stage.cancel(true));
            cluster.pass(A_MOMENT);
            assertThat(stage).isCancelled();
            assertFree(lock);
        }
    }

    @Test
    @Proves("law 7")
    void rightThatRunsOutWhileItIsHandedOverIsNobodys() {
        for (int i = 0; i < Race.TIMES; i++) {
            NamedLock lock = lock(i);
            Lease lease = watched(lock);
            Waiting waiting = Waiting.start(cluster.time, lock, PATIENCE);
            cluster.time.pause(Duration.ofSeconds(2));
            race.run(lease::release, () -> {
                cluster.time.pause(Duration.ofSeconds(2));
                return ReleaseOutcome.UNKNOWN;
            });
            cluster.pass(A_MOMENT);
            Lease next = waiting.granted();
            assertThat(next.fencingToken()).isGreaterThan(lease.fencingToken());
            next.release();
            assertFree(lock);
        }
    }

    @Test
    @Proves("law 1")
    void lastReadersToGoLetTheWriterInOnce() {
        for (int i = 0; i < Race.TIMES; i++) {
            NamedLock lock = lock(i);
            Lease here = lock.readLock().acquire(Duration.ZERO);
            Lease there = cluster.two.getOrCreateLock(lock.name()).readLock().acquire(Duration.ZERO);
            Waiting writer = Waiting.start(cluster.time, lock, PATIENCE);
            assertThat(race.run(here::release, there::release)).containsOnly(ReleaseOutcome.RELEASED);
            assertThat(writer.granted().release()).isEqualTo(ReleaseOutcome.RELEASED);
            assertFree(lock);
        }
    }

    @RepeatedTest(20)
    @Proves("law 5")
    void stopThatMeetsAReleaseLeavesNothing() {
        NamedLock lock = lock(0);
        Lease lease = lock.acquire(Duration.ZERO);
        Waiting waiting = Waiting.start(cluster.time, lock, PATIENCE);
        race.run(lease::release, () -> {
            cluster.one.close();
            return ReleaseOutcome.UNKNOWN;
        });
        boolean held = waiting.answer()
                .orTimeout(10, TimeUnit.SECONDS)
                .handle((granted, refused) -> granted != null && granted.isHeld())
                .join();
        assertThat(held).isFalse();
        assertThat(cluster.store.inspect(lock.name()).queued()).isZero();
        assertThat(cluster.two.tryAcquire(lock.name())).isPresent();
    }
}
