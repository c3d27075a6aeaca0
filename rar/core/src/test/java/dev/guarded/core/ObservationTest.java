// SPDX-License-Identifier: Apache-2.0
package dev.guarded.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.guarded.core.spi.LockObserver;
import dev.guarded.lock.Lease;
import dev.guarded.lock.LockEvent;
import dev.guarded.lock.LockSettings;
import dev.guarded.lock.NamedLock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** What an observer hears of an engine's locks. */
class ObservationTest {

    private static final Duration TOO_LONG = Duration.ofSeconds(5);

    private final Cluster cluster = new Cluster();
    private final NamedLock lock = cluster.one.getOrCreateLock("heard", LockSettings.local());
    private final List<String> heard = new CopyOnWriteArrayList<>();
    private final List<LockEvent> events = new CopyOnWriteArrayList<>();

    private Observation observe() {
        LockObserver observer = new LockObserver() {
            @Override
            public boolean hears(String lockName) {
                return lockName.startsWith("heard");
            }

            @Override
            public void note(Kind kind, LockEvent event) {
                heard.add(kind.name());
                events.add(event);
            }
        };
        return cluster.one.observe(observer, TOO_LONG);
    }

    @Test
    void handOverIsAReleaseAndThenAGrantAfterTheWholeWait() {
        observe();
        Lease lease = lock.acquire(Duration.ZERO);
        Waiting waiting = Waiting.start(cluster.time, lock, Duration.ofMinutes(1));
        cluster.pass(Duration.ofSeconds(3));

        lease.close();
        waiting.granted().close();

        assertThat(heard).containsExactly("GRANTED", "RELEASED", "GRANTED", "RELEASED");
        assertThat(events.get(1).lasted()).isEqualTo(Duration.ofSeconds(3));
        assertThat(events.get(2).lasted()).isEqualTo(Duration.ofSeconds(3));
        assertThat(events.get(2).thread()).isEqualTo("waiting for heard");
        assertThat(events.get(2).fencingToken()).isEqualTo(events.get(3).fencingToken());
    }

    @Test
    void leaseThatRanOutIsLostAndNotReleased() {
        observe();
        Lease lease = lock.acquire(Duration.ZERO);
        cluster.pass(Duration.ofHours(2));
        assertThat(lock.isLocked()).isFalse();
        lease.close();

        assertThat(heard).containsExactly("GRANTED", "LOST");
    }

    @Test
    void waitIsToldOnceAfterItBecameTooLong() {
        Observation observation = observe();
        Lease lease = lock.acquire(Duration.ZERO);
        Waiting waiting = Waiting.start(cluster.time, lock, Duration.ofMinutes(1));
        heard.clear();

        cluster.pass(TOO_LONG);
        observation.look();
        assertThat(heard).as("not longer than that").isEmpty();
        cluster.pass(Duration.ofMillis(1));
        observation.look();
        observation.look();

        assertThat(heard).containsExactly("WAITING_TOO_LONG");
        assertThat(events).last().satisfies(event -> {
            assertThat(event.name()).isEqualTo("heard");
            assertThat(event.thread()).isEqualTo("waiting for heard");
            assertThat(event.lasted()).isEqualTo(TOO_LONG.plusMillis(1));
        });
        lease.close();
        waiting.granted().close();
        observation.look();
        assertThat(heard).containsExactly("WAITING_TOO_LONG", "RELEASED", "GRANTED", "RELEASED");
    }

    @Test
    void locksOfTheStoreAreHeardToo() {
        observe();
        cluster.one
                .getOrCreateLock("not-heard", LockSettings.cluster())
                .acquire(Duration.ZERO)
                .close();

        cluster.one
                .getOrCreateLock("heard-too", LockSettings.cluster())
                .acquire(Duration.ZERO)
                .close();

        assertThat(heard).containsExactly("GRANTED", "RELEASED");
    }

    @Test
    void closedObservationHearsNothing() {
        Observation observation = observe();

        observation.close();
        lock.acquire(Duration.ZERO).close();

        assertThat(heard).isEmpty();
    }
}
