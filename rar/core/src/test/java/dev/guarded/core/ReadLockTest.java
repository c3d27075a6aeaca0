// SPDX-License-Identifier: Apache-2.0
package dev.guarded.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.guarded.lock.Lease;
import dev.guarded.lock.LockSettings;
import dev.guarded.lock.NamedLock;
import dev.guarded.lock.Reach;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Readers and writers of one JVM, under manual time. */
class ReadLockTest {

    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final Cluster cluster = new Cluster();

    private NamedLock lock(Reach reach) {
        return cluster.one.getOrCreateLock("orders", LockSettings.defaults().reach(reach));
    }

    private static Lease reading(NamedLock lock) {
        return lock.readLock().acquire(Duration.ZERO).detach();
    }

    @ParameterizedTest
    @EnumSource(Reach.class)
    void readersShareAndTheWriterWaitsForTheLastOfThem(Reach reach) {
        NamedLock lock = lock(reach);
        Lease first = reading(lock);
        Lease second = reading(lock);
        Waiting writer = Waiting.start(cluster.time, lock, MINUTE);
        first.close();
        cluster.pass(Duration.ofMillis(100));
        writer.stillWaits();
        second.close();
        Lease writing = writer.granted();
        assertThat(writing.isHeld()).isTrue();
        assertThat(lock.readLock().tryAcquire()).isEmpty();
        writing.close();
        assertThat(lock.isLocked()).isFalse();
    }

    @ParameterizedTest
    @EnumSource(Reach.class)
    void readerDoesNotPassAWriterThatWaits(Reach reach) {
        NamedLock lock = lock(reach);
        Lease reading = reading(lock);
        Waiting writer = Waiting.start(cluster.time, lock, MINUTE);
        assertThat(lock.readLock().tryAcquire()).isEmpty();
        Waiting late = Waiting.start(cluster.time, lock.readLock(), MINUTE);
        reading.close();
        Lease writing = writer.granted();
        late.stillWaits();
        writing.close();
        assertThat(late.granted().isHeld()).isTrue();
    }

    @ParameterizedTest
    @EnumSource(Reach.class)
    void readersBehindAWriterThatGivesUpAreLetIn(Reach reach) {
        NamedLock lock = lock(reach);
        Lease reading = reading(lock);
        Waiting writer = Waiting.start(cluster.time, lock, MINUTE);
        Waiting first = Waiting.start(cluster.time, lock.readLock(), MINUTE);
        Waiting second = Waiting.start(cluster.time, lock.readLock(), MINUTE);
        writer.interrupt();
        writer.refused();
        cluster.pass(Duration.ofMillis(1));
        assertThat(List.of(first.granted(), second.granted(), reading)).allMatch(Lease::isHeld);
    }

    @ParameterizedTest
    @EnumSource(Reach.class)
    void endOfAWriterLetsAllReadersIn(Reach reach) {
        NamedLock lock = lock(reach);
        Lease writing = lock.acquire(MINUTE).detach();
        List<Waiting> readers = List.of(
                Waiting.start(cluster.time, lock.readLock(), MINUTE),
                Waiting.start(cluster.time, lock.readLock(), MINUTE),
                Waiting.start(cluster.time, lock.readLock(), MINUTE));
        writing.close();
        assertThat(readers).extracting(Waiting::granted).allMatch(Lease::isHeld);
        assertThat(lock.tryAcquire()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Reach.class)
    void downgradeLetsReadersInAndKeepsWritersOut(Reach reach) {
        NamedLock lock = lock(reach);
        Lease lease = lock.acquire(MINUTE);
        Waiting reader = Waiting.start(cluster.time, lock.readLock(), MINUTE);
        lease.downgrade();
        cluster.pass(Duration.ofMillis(1));
        Lease reading = reader.granted();
        assertThat(List.of(lease, reading)).allMatch(Lease::isHeld);
        assertThat(lock.status().holders()).hasSize(2);
        reading.close();
        Waiting writer = Waiting.start(cluster.time, lock, MINUTE);
        writer.stillWaits();
        lease.close();
        assertThat(writer.granted().isHeld()).isTrue();
    }

    @ParameterizedTest
    @EnumSource(Reach.class)
    void onlyALeaseThatHasItsLockAloneAndIsHeldCanBeDowngraded(Reach reach) {
        NamedLock lock = lock(reach);
        Lease reading = reading(lock);
        assertThatThrownBy(reading::downgrade)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith("GUARDED-0205 The lease of lock 'orders' is shared already");
        reading.close();
        Lease lease = lock.acquire(MINUTE);
        lease.downgrade();
        assertThatThrownBy(lease::downgrade).hasMessageStartingWith("GUARDED-0205");
        lease.close();
        Lease ended = lock.acquire(MINUTE);
        ended.close();
        assertThatThrownBy(ended::downgrade).hasMessageContaining("it was released before");
    }

    @ParameterizedTest
    @EnumSource(Reach.class)
    void readerThatAsksToWriteIsToldAtOnce(Reach reach) {
        NamedLock lock = lock(reach);
        try (Lease reading = lock.readLock().acquire(MINUTE)) {
            assertThatThrownBy(() -> lock.acquire(MINUTE))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("this thread reads under it and asks to write");
            assertThatThrownBy(() -> lock.run(MINUTE, () -> {}))
                    .hasMessageContaining("this thread reads under it and asks to write");
            assertThat(lock.readLock().call(MINUTE, () -> "joined")).isEqualTo("joined");
            assertThat(reading.isHeld()).isTrue();
        }
        assertThat(lock.isLocked()).isFalse();
    }

    @ParameterizedTest
    @EnumSource(Reach.class)
    void bodyThatWritesMayReadAndAReaderTwiceMayNotTakeTheLockItself(Reach reach) {
        NamedLock lock = lock(reach);
        assertThat(lock.call(
                        MINUTE,
                        () -> lock.readLock()
                                .call(MINUTE, () -> lock.status().holders().size())))
                .as("one lease for both")
                .isEqualTo(1);
        try (Lease reading = lock.readLock().acquire(MINUTE)) {
            assertThatThrownBy(() -> lock.readLock().acquire(MINUTE))
                    .hasMessageContaining("this thread holds it already");
            assertThat(reading.isHeld()).isTrue();
        }
    }

    @ParameterizedTest
    @EnumSource(Reach.class)
    void readingSideIsOneAndHasTheNameAndTheReachOfItsLock(Reach reach) {
        NamedLock lock = lock(reach);
        assertThat(lock.readLock()).isSameAs(lock.readLock());
        assertThat(lock.readLock().readLock()).isSameAs(lock.readLock());
        assertThat(lock.readLock().name()).isEqualTo("orders");
        assertThat(lock.readLock().reach()).isEqualTo(reach);
        assertThat(lock.readLock().settings()).isEqualTo(lock.settings());
        assertThat(lock.readLock()).hasToString(lock.toString());
    }

    @ParameterizedTest
    @EnumSource(Reach.class)
    void tokenOfAReaderIsAboveTheLastWritersAndBelowTheNext(Reach reach) {
        NamedLock lock = lock(reach);
        long writer;
        long reader;
        try (Lease lease = lock.acquire(MINUTE)) {
            writer = lease.fencingToken();
        }
        try (Lease lease = lock.readLock().acquire(MINUTE)) {
            reader = lease.fencingToken();
        }
        assertThat(reader).isGreaterThan(writer);
        assertThat(lock.acquire(MINUTE).fencingToken()).isGreaterThan(reader);
    }
}
