// SPDX-License-Identifier: Apache-2.0
package dev.guarded.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.guarded.lock.Lease;
import dev.guarded.lock.LockNotGrantedException;
import dev.guarded.lock.LockSettings;
import dev.guarded.lock.NamedLock;
import dev.guarded.lock.Reach;
import dev.guarded.testkit.Proves;
import dev.guarded.testkit.ThreadPerTask;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Threads of one JVM that wait for one another are told so. */
class CircleTest {

    private static final Duration LONG = Duration.ofMinutes(10);

    private final Cluster cluster = new Cluster();

    private NamedLock lock(String name, Reach reach) {
        return cluster.one.getOrCreateLock(name, LockSettings.defaults().reach(reach));
    }

    /** Starts a thread that takes one lock and then waits for another; returns when it waits. */
    private CompletableFuture<Boolean> holding(NamedLock has, NamedLock wants, boolean detached) {
        CompletableFuture<Boolean> done = new CompletableFuture<>();
        CountDownLatch started = new CountDownLatch(1);
        Thread thread = new Thread(
                () -> {
                    try (Lease first = has.acquire(LONG)) {
                        if (detached) {
                            first.detach();
                        }
                        started.countDown();
                        try (Lease second = wants.acquire(LONG)) {
                            done.complete(second.isHeld());
                        }
                    } catch (RuntimeException e) {
                        done.completeExceptionally(e);
                    }
                },
                "wants " + wants.name());
        thread.setDaemon(true);
        int before = cluster.time.parked();
        thread.start();
        while (cluster.time.parked() == before && !done.isDone()) {
            Thread.onSpinWait();
        }
        assertThat(started.getCount()).isZero();
        return done;
    }

    @ParameterizedTest
    @Proves("#37")
    @EnumSource(Reach.class)
    void whoClosesACircleIsToldAtOnceWithBothPlaces(Reach reach) throws Exception {
        NamedLock a = lock("a", reach);
        NamedLock b = lock("b", reach);
        Lease mine = a.acquire(LONG);
        CompletableFuture<Boolean> other = holding(b, a, false);
        assertThatThrownBy(() -> b.acquire(LONG))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith("GUARDED-0107")
                .hasMessageContainingAll("'a'", "'b'", "wants a", "acquireAll")
                .hasStackTraceContaining("whoClosesACircleIsToldAtOnceWithBothPlaces")
                .satisfies(e -> assertThat(e.getSuppressed())
                        .singleElement()
                        .satisfies(place -> assertThat(place.getStackTrace())
                                .anyMatch(frame -> frame.getMethodName().contains("holding"))));
        assertThat(mine.isHeld()).isTrue();
        mine.close();
        assertThat(other.get(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    @Proves("#37")
    void circleOfThreeIsFound() throws Exception {
        NamedLock a = lock("a", Reach.LOCAL);
        NamedLock b = lock("b", Reach.LOCAL);
        NamedLock c = lock("c", Reach.LOCAL);
        Lease mine = a.acquire(LONG);
        CompletableFuture<Boolean> second = holding(b, a, false);
        CompletableFuture<Boolean> third = holding(c, b, false);
        assertThatThrownBy(() -> c.run(LONG, () -> {}))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContainingAll("'a'", "'b'", "'c'")
                .satisfies(e -> assertThat(e.getSuppressed()).hasSize(2));
        mine.close();
        assertThat(second.get(10, TimeUnit.SECONDS)).isTrue();
        assertThat(third.get(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    @Proves("#37")
    void readerInACircleIsFound() throws Exception {
        NamedLock a = lock("a", Reach.LOCAL);
        NamedLock b = lock("b", Reach.LOCAL);
        Lease reading = a.readLock().acquire(LONG);
        CompletableFuture<Boolean> writer = holding(b, a, false);
        assertThatThrownBy(() -> b.acquire(LONG)).isInstanceOf(IllegalStateException.class);
        reading.close();
        assertThat(writer.get(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void detachedLeaseClosesNoCircle() throws Exception {
        NamedLock a = lock("a", Reach.LOCAL);
        NamedLock b = lock("b", Reach.LOCAL);
        Lease mine = a.acquire(LONG);
        CompletableFuture<Boolean> other = holding(b, a, true);
        Waiting waiting = Waiting.start(cluster.time, b, Duration.ofSeconds(1));
        cluster.pass(Duration.ofMillis(1100));
        assertThat(waiting.refused()).isInstanceOf(LockNotGrantedException.class);
        mine.close();
        assertThat(other.get(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    @Proves("#37")
    void waitingInLineClosesNoCircle() {
        NamedLock a = lock("a", Reach.LOCAL);
        Lease mine = a.acquire(LONG);
        Waiting first = Waiting.start(cluster.time, a, LONG);
        Waiting second = Waiting.start(cluster.time, a, LONG);
        assertThatCode(mine::close).doesNotThrowAnyException();
        first.granted().close();
        assertThat(second.granted().isHeld()).isTrue();
    }

    @Test
    void whoIsToldTriesAgainAfterLettingGo() throws Exception {
        NamedLock a = lock("a", Reach.LOCAL);
        NamedLock b = lock("b", Reach.LOCAL);
        Lease mine = a.acquire(LONG);
        CompletableFuture<Boolean> other = holding(b, a, false);
        assertThatThrownBy(() -> b.acquire(LONG)).isInstanceOf(IllegalStateException.class);
        assertThat(b.status().waiters()).isZero();
        mine.close();
        assertThat(other.get(10, TimeUnit.SECONDS)).isTrue();
        try (Lease again = b.acquire(LONG)) {
            assertThat(again.isHeld()).isTrue();
        }
    }

    @Test
    void whoGaveUpWaitingClosesNoCircle() throws Exception {
        NamedLock a = lock("a", Reach.LOCAL);
        NamedLock b = lock("b", Reach.LOCAL);
        Lease mine = b.acquire(LONG);
        CompletableFuture<Boolean> gaveUp = CompletableFuture.supplyAsync(
                () -> {
                    try (Lease first = a.acquire(LONG)) {
                        assertThatThrownBy(() -> b.acquire(Duration.ofSeconds(1)))
                                .isInstanceOf(LockNotGrantedException.class);
                        cluster.time.park(this, Duration.ofMinutes(1).toNanos());
                        return first.isHeld();
                    }
                },
                ThreadPerTask.EXECUTOR);
        while (cluster.time.parked() == 0) {
            Thread.onSpinWait();
        }
        cluster.time.pause(Duration.ofSeconds(1));
        mine.close();
        CompletableFuture<Boolean> other = holding(b, a, false);
        assertThat(other).isNotDone();
        cluster.time.pause(Duration.ofMinutes(1));
        assertThat(gaveUp.get(10, TimeUnit.SECONDS)).isTrue();
        assertThat(other.get(10, TimeUnit.SECONDS)).isTrue();
    }

    @ParameterizedTest
    @EnumSource(Reach.class)
    void whoWaitsForOneOfSeveralPermitsClosesNoCircle(Reach reach) throws Exception {
        NamedLock a = lock("a", Reach.LOCAL);
        NamedLock two = cluster.one.getOrCreateLock(
                "two", LockSettings.defaults().reach(reach).permits(2));
        Lease another = two.acquire(LONG).detach();
        CountDownLatch hasOne = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        CompletableFuture<Boolean> closing = CompletableFuture.supplyAsync(
                () -> {
                    try (Lease first = a.acquire(LONG)) {
                        hasOne.countDown();
                        assertThat(goOn.await(10, TimeUnit.SECONDS)).isTrue();
                        return first.isHeld() && two.call(LONG, () -> true);
                    } catch (InterruptedException e) {
                        throw new AssertionError(e);
                    }
                },
                ThreadPerTask.EXECUTOR);
        assertThat(hasOne.await(10, TimeUnit.SECONDS)).isTrue();
        CompletableFuture<Boolean> holder = holding(two, a, false);
        goOn.countDown();
        while (cluster.time.parked() < 2 && !closing.isDone()) {
            Thread.onSpinWait();
        }
        assertThat(closing).isNotDone();
        another.close();
        assertThat(closing.get(10, TimeUnit.SECONDS)).isTrue();
        assertThat(holder.get(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void readerThatClosesACircleIsTold() throws Exception {
        NamedLock a = lock("a", Reach.LOCAL);
        NamedLock b = lock("b", Reach.LOCAL);
        Lease mine = b.acquire(LONG);
        CompletableFuture<Boolean> writer = holding(a, b, false);
        assertThatThrownBy(() -> a.readLock().acquire(LONG))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith("GUARDED-0107");
        mine.close();
        assertThat(writer.get(10, TimeUnit.SECONDS)).isTrue();
    }
}
