// SPDX-License-Identifier: Apache-2.0
package dev.guarded.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.guarded.lock.Lease;
import dev.guarded.lock.LockSettings;
import dev.guarded.lock.NamedLock;
import dev.guarded.testkit.Proves;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

/** What is counted of locks. */
class StatisticsTest {

    private static final Duration PATIENCE = Duration.ofMinutes(1);

    /** Long enough for background work to have its turn. */
    private static final Duration STEP = Duration.ofMillis(50);

    private final Cluster cluster = new Cluster();
    private final NamedLock lock = cluster.one.getOrCreateLock("orders");

    private LockStatistics figures() {
        return cluster.one.statistics("orders").orElseThrow();
    }

    @Test
    @Proves("#36")
    void leasesAndHowLongTheyLastedAreCounted() {
        Lease lease = lock.acquire();
        assertThat(figures().grants()).isEqualTo(1);
        assertThat(figures().releases()).isZero();
        cluster.pass(Duration.ofMillis(500));
        lease.close();
        lock.acquire().close();
        assertThat(figures().grants()).isEqualTo(2);
        assertThat(figures().releases()).isEqualTo(2);
        assertThat(figures().totalHold()).isEqualTo(Duration.ofMillis(500));
        assertThat(figures().longestHold()).isEqualTo(Duration.ofMillis(500));
        assertThat(figures().waits()).isZero();
    }

    @Test
    @Proves("#36")
    void waitsAreCountedFromTheCallToTheGrant() {
        Lease first = lock.acquire();
        CompletionStage<Lease> second = lock.acquireAsync(PATIENCE);
        cluster.pass(Duration.ofMillis(200));
        first.close();
        cluster.pass(STEP);
        second.toCompletableFuture().join().close();
        assertThat(figures().waits()).isEqualTo(1);
        assertThat(figures().totalWait()).isEqualTo(Duration.ofMillis(200));
        assertThat(figures().longestWait()).isEqualTo(Duration.ofMillis(200));
    }

    @Test
    @Proves("#36")
    void whoIsNotGrantedTheLockIsCounted() {
        Lease held = lock.acquire().detach();
        assertThat(lock.tryAcquire()).isEmpty();
        CompletionStage<Lease> refused = lock.acquireAsync(Duration.ofSeconds(1));
        cluster.pass(Duration.ofSeconds(2));
        assertThat(refused.toCompletableFuture()).isCompletedExceptionally();
        assertThat(figures().notGranted()).isEqualTo(2);
        held.close();
    }

    @Test
    @Proves("#36")
    void lossesAreCountedOnceEach() {
        Lease lease = lock.acquire();
        cluster.store.lose("orders");
        cluster.pass(Cluster.LEASE);
        lease.close();
        assertThat(figures().losses()).isEqualTo(1);
        assertThat(figures().releases()).isZero();
    }

    @Test
    void nothingCountedIsLostWithAForgottenLock() {
        WeakReference<NamedLock> forgotten = use("once");
        long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (forgotten.get() != null || cluster.one.statistics("once").isPresent()) {
            assertThat(System.nanoTime() - end).as("time left").isNegative();
            System.gc();
        }
        lock.acquire().close();
        assertThat(cluster.one.statistics().grants()).isEqualTo(2);
        assertThat(cluster.one.statistics().releases()).isEqualTo(2);
    }

    private WeakReference<NamedLock> use(String name) {
        NamedLock used = cluster.one.getOrCreateLock(name, LockSettings.local());
        used.acquire().close();
        return new WeakReference<>(used);
    }

    @Test
    void figuresOfAllLocksAreAddedAndTheLongestIsKept() {
        use("a", Duration.ofMillis(300), Duration.ofMillis(200));
        use("b", Duration.ofMillis(500), Duration.ofMillis(100));
        use("c", Duration.ofMillis(50), Duration.ofMillis(10));
        Kept.alive(lock.acquire());
        cluster.store.lose("orders");
        cluster.pass(Cluster.LEASE);
        assertThat(cluster.one.statistics())
                .isEqualTo(new LockStatistics(
                        7,
                        3,
                        Duration.ofMillis(310),
                        Duration.ofMillis(200),
                        3,
                        6,
                        Duration.ofMillis(850),
                        Duration.ofMillis(500),
                        1));
    }

    /** Holds a lock for a while, at the end of which somebody waits; refuses one caller. */
    private void use(String name, Duration hold, Duration wait) {
        NamedLock local = cluster.one.getOrCreateLock(name, LockSettings.local());
        Lease first = local.acquire().detach();
        assertThat(local.tryAcquire()).isEmpty();
        cluster.time.advance(hold.minus(wait));
        CompletionStage<Lease> second = local.acquireAsync(PATIENCE);
        cluster.time.advance(wait);
        first.close();
        cluster.time.advance(Duration.ZERO);
        second.toCompletableFuture().join().close();
    }
}
