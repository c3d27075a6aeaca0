// SPDX-License-Identifier: Apache-2.0
package dev.guarded.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.guarded.lock.Lease;
import dev.guarded.lock.LockSettings;
import dev.guarded.lock.NamedLock;
import dev.guarded.testkit.Proves;
import dev.guarded.testkit.ThreadPerTask;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Leases that nobody closes. */
class LeakTest {

    private static final Logger LOG = Logger.getLogger(Failures.LOG.getName());

    private final Cluster cluster = new Cluster();
    private final List<String> reports = new CopyOnWriteArrayList<>();
    private final Handler listener = new Handler() {

        @Override
        public void publish(LogRecord line) {
            if (line.getMessage().startsWith("GUARDED-0206")) {
                reports.add(line.getMessage());
            }
        }

        @Override
        public void flush() {
            // Nothing is buffered.
        }

        @Override
        public void close() {
            // Nothing is open.
        }
    };

    @BeforeEach
    void listen() {
        LOG.addHandler(listener);
    }

    @AfterEach
    void stopListening() {
        LOG.removeHandler(listener);
    }

    /** Collects until something is so, for as long as a collector may need that is under no pressure. */
    private void collectUntil(BooleanSupplier so) {
        long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (!so.getAsBoolean()) {
            assertThat(System.nanoTime() - end).as("time left").isNegative();
            System.gc();
            cluster.pass(Duration.ofSeconds(1));
        }
    }

    private static void forget(NamedLock lock) {
        assertThat(lock.acquire(Duration.ZERO).isHeld()).isTrue();
    }

    private static void forgetDetached(NamedLock lock) {
        assertThat(lock.acquire(Duration.ZERO).detach().isHeld()).isTrue();
    }

    private static boolean taken(NamedLock lock) {
        return lock.tryAcquire().map(Lease::detach).isPresent();
    }

    @Test
    @Proves({"#4", "law 14"})
    void leaseThatNobodyClosesIsReportedWithItsPlaceAndEnds() {
        NamedLock lock = cluster.one.getOrCreateLock("leaky");
        NamedLock elsewhere = cluster.two.getOrCreateLock("leaky");
        forget(lock);
        collectUntil(() -> !reports.isEmpty());
        cluster.pass(Cluster.LEASE);
        assertThat(elsewhere.tryAcquire()).isPresent();
        assertThat(reports)
                .singleElement()
                .asString()
                .contains("'leaky'", Thread.currentThread().getName(), "try block");
    }

    @Test
    @Proves({"#4", "law 14"})
    void detachedLeaseThatNobodyClosesIsReportedToo() {
        forgetDetached(cluster.one.getOrCreateLock("detached"));
        collectUntil(() -> !reports.isEmpty());
        cluster.pass(Cluster.LEASE);
        assertThat(cluster.two.getOrCreateLock("detached").tryAcquire()).isPresent();
    }

    @Test
    @Proves("#4")
    void closedLeasesAreNoLeaks() {
        NamedLock lock = cluster.one.getOrCreateLock("tidy");
        for (int i = 0; i < 100; i++) {
            lock.acquire(Duration.ZERO).close();
            lock.acquire(Duration.ZERO).release();
        }
        forget(cluster.one.getOrCreateLock("leaky"));
        collectUntil(() -> !reports.isEmpty());
        assertThat(reports).singleElement().asString().contains("'leaky'");
    }

    @Test
    void leaseWhoseHandleLivesIsRenewed() {
        Lease kept = cluster.one.getOrCreateLock("kept").acquire(Duration.ZERO);
        forget(cluster.one.getOrCreateLock("leaky"));
        collectUntil(() -> !reports.isEmpty());
        cluster.pass(Cluster.LEASE.multipliedBy(2));
        assertThat(kept.isHeld()).isTrue();
    }

    /** Returns when what nobody refers to has been collected, three times over. */
    private static void collect() {
        for (int i = 0; i < 3; i++) {
            WeakReference<Object> forgotten = new WeakReference<>(new Object());
            long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
            while (forgotten.get() != null) {
                assertThat(System.nanoTime() - end).as("time left").isNegative();
                System.gc();
            }
        }
    }

    @Test
    @Proves({"#14", "law 15"})
    void localLockWhoseLeaseIsForgottenIsNotForgottenItself() {
        LockSettings local = LockSettings.local().leaseTime(Duration.ofSeconds(1));
        forgetDetached(cluster.one.getOrCreateLock("local", local));
        collect();
        assertThat(cluster.one.getOrCreateLock("local", local).tryAcquire()).isEmpty();
        collectUntil(
                () -> cluster.one.getOrCreateLock("local", local).tryAcquire().isPresent());
        assertThat(reports).singleElement().asString().contains("'local'");
    }

    @Test
    void placeOfALocalLeaseIsToldFromTheSecondLeakOn() {
        LockSettings local = LockSettings.local().leaseTime(Duration.ofSeconds(1));
        NamedLock lock = cluster.one.getOrCreateLock("local", local);
        forgetDetached(lock);
        collectUntil(() -> taken(lock));
        collectUntil(() -> taken(lock) && reports.size() > 1);
        assertThat(reports.get(0)).contains("of the next one");
        assertThat(reports.get(1)).doesNotContain("of the next one");
    }

    @Test
    void leaseBoundToATransactionIsReleasedWithItThoughNobodyClosesIt() {
        var transaction = cluster.transactions.begin();
        forget(cluster.one.getOrCreateLock("bound"));
        collectUntil(() -> !reports.isEmpty());
        cluster.pass(Cluster.LEASE.multipliedBy(2));
        assertThat(cluster.two.getOrCreateLock("bound").tryAcquire()).isEmpty();
        transaction.commit();
        assertThat(cluster.two.getOrCreateLock("bound").tryAcquire()).isPresent();
    }

    @Test
    void threadGoesOnWithALockThatItLeakedBefore() {
        NamedLock lock = cluster.one.getOrCreateLock("leaky");
        forget(lock);
        collectUntil(() -> !reports.isEmpty());
        cluster.pass(Cluster.LEASE.multipliedBy(2));
        List<String> done = new ArrayList<>();
        lock.run(Duration.ZERO, () -> done.add("once"));
        lock.acquire(Duration.ZERO).close();
        lock.run(Duration.ZERO, () -> done.add("again"));
        assertThat(done).containsExactly("once", "again");
    }

    @Test
    void handleThatWasClosedBeforeItsTransactionEndsIsNoLeak() {
        var transaction = cluster.transactions.begin();
        cluster.one.getOrCreateLock("tidy").acquire(Duration.ZERO).close();
        cluster.transactions.suspend();
        forget(cluster.one.getOrCreateLock("leaky"));
        collectUntil(() -> !reports.isEmpty());
        assertThat(reports).singleElement().asString().contains("'leaky'");
        transaction.commit();
    }

    @Test
    void whoBeginsToWaitLooksForLeaks() {
        NamedLock taken = cluster.one.getOrCreateLock("taken", LockSettings.local());
        Lease held = taken.acquire(Duration.ZERO);
        forget(cluster.one.getOrCreateLock("leaky", LockSettings.local()));
        collectUntil(() -> {
            Waiting waiting = Waiting.start(cluster.time, taken, Duration.ofMinutes(1));
            waiting.interrupt();
            waiting.refused();
            return !reports.isEmpty();
        });
        assertThat(held.isHeld()).isTrue();
        assertThat(reports).singleElement().asString().contains("'leaky'");
    }

    @Test
    void placeIsToldOfALeaseThatTookACommandAndNotOfOneThatWasHandedOver() {
        NamedLock lock = cluster.one.getOrCreateLock("asked");
        forget(lock);
        collectUntil(() -> !reports.isEmpty());
        assertThat(reports.get(0)).doesNotContain("of the next one");
        NamedLock handed = cluster.one.getOrCreateLock("handed");
        Lease first = handed.acquire(Duration.ZERO).detach();
        int parked = cluster.time.parked();
        CompletableFuture<Boolean> heir = CompletableFuture.supplyAsync(
                () -> handed.acquire(Duration.ofMinutes(1)).isHeld(), ThreadPerTask.EXECUTOR);
        while (cluster.time.parked() == parked) {
            Thread.onSpinWait();
        }
        first.close();
        assertThat(heir.join()).isTrue();
        collectUntil(() -> reports.size() > 1);
        assertThat(reports.get(1)).contains("'handed'", "of the next one");
    }

    @Test
    void secondHandleOfALeaseThatNobodyClosesIsReportedToo() {
        var transaction = cluster.transactions.begin();
        NamedLock lock = cluster.one.getOrCreateLock("joined");
        lock.acquire(Duration.ZERO).close();
        forget(lock);
        collectUntil(() -> !reports.isEmpty());
        assertThat(reports).singleElement().asString().contains("'joined'");
        transaction.commit();
        assertThat(cluster.two.getOrCreateLock("joined").tryAcquire()).isPresent();
    }

    @Test
    void leaseThatWasLostBeforeItWasForgottenIsNoLeak() {
        forget(cluster.one.getOrCreateLock("lost"));
        cluster.store.lose("lost");
        cluster.pass(Cluster.LEASE);
        forget(cluster.one.getOrCreateLock("leaky"));
        collectUntil(() -> !reports.isEmpty());
        assertThat(reports).singleElement().asString().contains("'leaky'");
    }

    @Test
    void placeIsThatOfTheCallerAndNotOfThisLibrary() {
        List<StackWalker.StackFrame> place = Leaks.place();
        assertThat(place).hasSize(5).noneMatch(frame -> frame.getClassName().startsWith("dev.guarded."));
    }

    @Test
    void leaseOfAStageThatNobodyClosesIsReportedToo() {
        forgetStage(cluster.one.getOrCreateLock("stage"));
        collectUntil(() -> !reports.isEmpty());
        cluster.pass(Cluster.LEASE);
        assertThat(cluster.two.getOrCreateLock("stage").tryAcquire()).isPresent();
    }

    private void forgetStage(NamedLock lock) {
        CompletableFuture<Lease> stage = lock.acquireAsync(Duration.ZERO).toCompletableFuture();
        cluster.time.advance(Duration.ZERO);
        assertThat(stage.join().isHeld()).isTrue();
    }
}
