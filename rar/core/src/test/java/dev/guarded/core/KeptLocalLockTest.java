// SPDX-License-Identifier: Apache-2.0
package dev.guarded.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.guarded.core.spi.Surroundings;
import dev.guarded.core.spi.Ticker;
import dev.guarded.lock.Lease;
import dev.guarded.lock.LockSettings;
import dev.guarded.lock.NamedLock;
import dev.guarded.lock.Reach;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** A LOCAL lock that stays taken for a while after its lease was released. */
class KeptLocalLockTest {

    private static final Duration TEN = Duration.ofSeconds(10);
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private final Cluster cluster = new Cluster();

    @Test
    void permitsThatNobodyUsedStayFree() {
        NamedLock lock = kept(LockSettings.local().permits(3));
        lock.acquire(Duration.ZERO).close();
        Lease second = lock.acquire(Duration.ZERO);
        Lease third = lock.acquire(Duration.ZERO);
        assertThat(lock.tryAcquire()).isEmpty();
        cluster.pass(TEN);
        assertThat(lock.tryAcquire()).isPresent();
        second.close();
        third.close();
        assertThat(lock.tryAcquire()).as("was held for as long").isPresent();
    }

    @Test
    void eachPermitIsKeptForItsOwnTime() {
        NamedLock lock = kept(LockSettings.local().permits(2));
        Lease early = lock.acquire(Duration.ZERO);
        cluster.pass(Duration.ofSeconds(5));
        lock.acquire(Duration.ZERO).close();
        early.close();
        cluster.pass(Duration.ofSeconds(5));
        assertThat(lock.tryAcquire()).isPresent();
        assertThat(lock.tryAcquire()).isEmpty();
        cluster.pass(Duration.ofSeconds(5));
        assertThat(lock.tryAcquire()).isPresent();
    }

    @Test
    void otherReadersReadWhileAWriterWaitsForTheTime() {
        NamedLock lock = kept(LockSettings.local());
        lock.readLock().acquire(Duration.ZERO).close();
        assertThat(lock.tryAcquire()).isEmpty();
        lock.readLock().acquire(Duration.ZERO).close();
        Waiting writer = Waiting.start(cluster.time, lock, PATIENCE);
        cluster.pass(TEN.minusMillis(50));
        writer.stillWaits();
        cluster.pass(Duration.ofMillis(100));
        assertThat(writer.granted().isHeld()).isTrue();
    }

    @Test
    void bargingReaderHasItAsSoonAsItIsReleased() {
        NamedLock lock =
                cluster.one.getOrCreateLock("barging", LockSettings.local().barging(true));
        Lease first = lock.acquire(Duration.ZERO);
        Waiting reader = Waiting.start(cluster.time, lock.readLock(), PATIENCE);
        first.close();
        assertThat(reader.granted().isHeld()).isTrue();
        assertThat(lock.tryAcquire()).isEmpty();
    }

    /** Wherever somebody who waits for the time stands still for a moment, the other is not let in beside him. */
    @Test
    void nobodyBargesInBesideTheOneWhoWaited() {
        for (int moment = 1; moment < 30; moment++) {
            Interlude interlude = new Interlude();
            EngineSettings settings =
                    new EngineSettings("node", Reach.LOCAL, PATIENCE, PATIENCE, Duration.ofHours(1), 20);
            LockEngine engine = LockEngine.open(
                    settings, new MemoryNode(cluster.store), cluster.time, interlude, Surroundings.PLAIN);
            NamedLock lock = engine.getOrCreateLock(
                    "x", LockSettings.local().barging(true).atLeastFor(TEN));
            lock.acquire(Duration.ZERO).close();
            CompletableFuture<Optional<Lease>> other = new CompletableFuture<>();
            interlude.at(moment, () -> {
                cluster.time.pause(TEN);
                Thread thread = new Thread(() -> other.complete(lock.tryAcquire()));
                thread.start();
                while (thread.isAlive() && thread.getState() != Thread.State.WAITING) {
                    Thread.onSpinWait();
                }
            });
            Optional<Lease> own = lock.tryAcquire();
            if (interlude.over()) {
                assertThat(other.join().filter(Lease::isHeld).isPresent() && own.isPresent())
                        .as("both at moment %d", moment)
                        .isFalse();
            }
        }
    }

    private NamedLock kept(LockSettings settings) {
        return cluster.one.getOrCreateLock("job", settings.atLeastFor(TEN));
    }

    /** A clock that lets something happen when it is looked at for the nth time. */
    private final class Interlude implements Ticker {

        private final AtomicInteger looks = new AtomicInteger(Integer.MAX_VALUE);
        private Runnable happening = () -> {};

        void at(int look, Runnable what) {
            happening = what;
            looks.set(look);
        }

        boolean over() {
            return looks.get() <= 0;
        }

        @Override
        public long nanos() {
            if (looks.decrementAndGet() == 0) {
                happening.run();
            }
            return cluster.time.nanos();
        }

        @Override
        public void park(Object blocker, long nanos) {
            cluster.time.park(blocker, nanos);
        }
    }
}
