// SPDX-License-Identifier: Apache-2.0
package dev.guarded.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.guarded.core.spi.Surroundings;
import dev.guarded.core.spi.Ticker;
import dev.guarded.lock.Lease;
import dev.guarded.lock.LeaseLostException;
import dev.guarded.lock.LockSettings;
import dev.guarded.lock.NamedLock;
import dev.guarded.lock.Reach;
import dev.guarded.testkit.Proves;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of leases and waits when the clock of the store, or the wall clock of a node, is set. */
class ClockStepTest {

    private static final Duration LEASE = Duration.ofSeconds(3);
    private static final Duration HOUR = Duration.ofHours(1);

    private final ManualTime time = new ManualTime();
    private final AtomicLong storeAhead = new AtomicLong();
    private final AtomicLong wallAhead = new AtomicLong();
    private final Ticker storeClock = () -> time.nanos() + storeAhead.get();
    private final InstantSource wallClock = () -> Instant.EPOCH.plusNanos(time.nanos() + wallAhead.get());
    private final MemoryStore store = new MemoryStore(storeClock);
    private final LockEngine one = engine("node-one");
    private final LockEngine two = engine("node-two");
    private final NamedLock lock = one.getOrCreateLock("orders");
    private final NamedLock elsewhere = two.getOrCreateLock("orders");
    private final List<LeaseLostException> losses = new ArrayList<>();

    private LockEngine engine(String name) {
        EngineSettings settings =
                new EngineSettings(name, Reach.CLUSTER, Duration.ofSeconds(30), LEASE, Duration.ofHours(9), 20);
        Surroundings surroundings = new Surroundings() {
            @Override
            public Clock wallClock() {
                return wallClock.withZone(ZoneOffset.UTC);
            }
        };
        return LockEngine.open(settings, new MemoryNode(store), time, time, surroundings);
    }

    private void pass(Duration duration) {
        for (int i = 0; i < duration.toMillis() / 50; i++) {
            time.advance(Duration.ofMillis(50));
        }
    }

    @Test
    @Proves({"H15", "#28", "law 11"})
    void leasesEndedByAStoreSetForwardAreToldWithinARenewalAndTokensRise() {
        Lease lease = lock.acquire(Duration.ZERO);
        lease.onLost(losses::add);
        storeAhead.addAndGet(HOUR.toNanos());
        Lease next = elsewhere.acquire(Duration.ZERO);
        assertThat(next.fencingToken()).isGreaterThan(lease.fencingToken());
        pass(LEASE.dividedBy(3).plusMillis(100));
        assertThat(lease.isHeld()).isFalse();
        assertThat(losses).hasSize(1);
        assertThat(next.isHeld()).isTrue();
    }

    @Test
    @Proves({"H15", "#28", "law 11"})
    void storeSetBackHarmsNeitherTheHolderNorTheWaiterAndTokensRise() {
        Lease lease = lock.acquire(Duration.ZERO);
        lease.onLost(losses::add);
        Waiting waiting = Waiting.start(time, elsewhere, Duration.ofMinutes(1));
        storeAhead.addAndGet(-HOUR.toNanos());
        pass(LEASE.multipliedBy(3));
        assertThat(lease.isHeld()).isTrue();
        assertThat(losses).isEmpty();
        lease.close();
        Lease next = waiting.granted();
        assertThat(next.fencingToken()).isGreaterThan(lease.fencingToken());
        pass(LEASE.multipliedBy(2));
        assertThat(next.isHeld()).isTrue();
        next.close();
        assertThat(lock.isLocked()).isFalse();
    }

    @Test
    @Proves({"H15", "#28"})
    void waiterOfAStoreSetForwardGetsTheLockAllTheSame() {
        Lease lease = lock.acquire(Duration.ZERO);
        Waiting waiting = Waiting.start(time, elsewhere, Duration.ofMinutes(1));
        storeAhead.addAndGet(HOUR.toNanos());
        pass(LEASE);
        assertThat(waiting.granted().isHeld()).isTrue();
        assertThat(lease.isHeld()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, -1})
    @Proves({"H15", "#28", "law 7"})
    void wallClockOfANodeEndsNoLeaseAndNoWait(long hours) {
        LockSettings local = LockSettings.local().leaseTime(LEASE);
        Lease lease = lock.acquire(Duration.ZERO);
        Lease cached = one.getOrCreateLock("cache", local).acquire(Duration.ZERO);
        Waiting waiting = Waiting.start(time, elsewhere, Duration.ofSeconds(10));
        wallAhead.addAndGet(HOUR.multipliedBy(hours).toNanos());
        pass(Duration.ofSeconds(9));
        assertThat(lease.isHeld()).isTrue();
        assertThat(lease.remaining()).isLessThanOrEqualTo(LEASE).isGreaterThan(LEASE.dividedBy(3));
        assertThat(cached.isHeld()).isTrue();
        waiting.stillWaits();
        pass(Duration.ofMillis(1100));
        assertThat(waiting.refused()).hasMessageContaining("GUARDED-0101");
        assertThat(elsewhere.status().holder())
                .hasValueSatisfying(holder -> assertThat(holder.leaseLeft()).isBetween(Duration.ofSeconds(1), LEASE));
    }

    @Test
    void tokensOfLocalLocksRiseOverARestartOneMillisecondLater() {
        Lease last = one.getOrCreateLock("cache", LockSettings.local()).acquire(Duration.ZERO);
        for (int i = 0; i < 1000; i++) {
            last.close();
            last = one.getOrCreateLock("cache", LockSettings.local()).acquire(Duration.ZERO);
        }
        time.advance(Duration.ofMillis(1));
        LockEngine restarted = engine("node-one");
        Lease first = restarted.getOrCreateLock("cache", LockSettings.local()).acquire(Duration.ZERO);
        assertThat(first.fencingToken()).isGreaterThan(last.fencingToken());
    }
}
