// SPDX-License-Identifier: Apache-2.0
package dev.guarded.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.guarded.lock.Lease;
import dev.guarded.lock.NamedLock;
import dev.guarded.testkit.Proves;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Those who read share a lock with one another and with nobody who writes. */
public abstract class ReadLockContract extends Contract<Site> {

    @Test
    void readersShareTheLock() {
        NamedLock reading = lock().readLock();
        try (Lease mine = reading.acquire(PATIENCE);
                Lease other = elsewhere(() -> reading.acquire(PATIENCE))) {
            assertThat(mine.isHeld()).isTrue();
            assertThat(other.isHeld()).isTrue();
            assertThat(lock().isLocked()).isTrue();
        }
        assertFree(lock());
    }

    @Test
    void aWriterWaitsForTheLastReader() {
        Lease first = elsewhere(() -> lock().readLock().acquire(PATIENCE));
        Lease last = elsewhere(() -> lock().readLock().acquire(PATIENCE));
        assertTaken(lock());
        Caller<Lease> writer = startWaiting(lock());
        first.close();
        assertThat(writer.isDone()).isFalse();
        last.close();
        assertThat(writer.result().isHeld()).isTrue();
        assertTaken(lock().readLock());
    }

    @Test
    void aReaderThatComesAfterAWaitingWriterWaitsBehindIt() {
        Lease reading = elsewhere(() -> lock().readLock().acquire(PATIENCE));
        Caller<Lease> writer = startWaiting(lock());
        assertTaken(lock().readLock());
        Caller<Lease> late = start(() -> lock().readLock().acquire(PATIENCE));
        awaitWaiters(lock(), 2);
        reading.close();
        Lease writing = writer.result();
        assertThat(late.isDone()).isFalse();
        writing.close();
        assertThat(late.result().isHeld()).isTrue();
    }

    @Test
    void readersBehindAWriterThatGivesUpAreLetIn() {
        Lease reading = elsewhere(() -> lock().readLock().acquire(PATIENCE));
        Caller<Lease> writer = startWaiting(lock());
        Caller<Lease> late = start(() -> lock().readLock().acquire(PATIENCE));
        awaitWaiters(lock(), 2);
        writer.interrupt();
        assertThat(late.result().isHeld()).isTrue();
        assertThat(reading.isHeld()).isTrue();
    }

    @Test
    void aReleasedWriterLetsAllWaitingReadersIn() {
        Lease writing = elsewhere(() -> lock().acquire(PATIENCE));
        List<Caller<Lease>> readers = new ArrayList<>();
        for (int i = 1; i <= 3; i++) {
            readers.add(start(() -> lock().readLock().acquire(PATIENCE)));
            awaitWaiters(lock(), i);
        }
        writing.close();
        assertThat(readers)
                .allSatisfy(reader -> assertThat(reader.result().isHeld()).isTrue());
        assertTaken(lock());
    }

    @Test
    @Proves("law 1")
    void readersNeverSeeAHalfDoneWrite() {
        int[] twins = new int[2];
        AtomicInteger torn = new AtomicInteger();
        AtomicBoolean written = new AtomicBoolean();
        List<Caller<Boolean>> readers = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            readers.add(start(() -> {
                while (!written.get()) {
                    lock().readLock().run(PATIENCE, () -> {
                        if (twins[0] != twins[1]) {
                            torn.incrementAndGet();
                        }
                    });
                }
                return true;
            }));
        }
        for (int i = 0; i < 50; i++) {
            lock().run(PATIENCE, () -> {
                twins[0]++;
                Thread.onSpinWait();
                twins[1]++;
            });
        }
        written.set(true);
        readers.forEach(Caller::result);
        assertThat(torn).hasValue(0);
        assertFree(lock());
    }

    @Test
    void downgradingLetsReadersInAndKeepsWritersOut() {
        Lease lease = lock().acquire(PATIENCE);
        long token = lease.fencingToken();
        Caller<Lease> reader = start(() -> lock().readLock().acquire(PATIENCE));
        awaitWaiters(lock(), 1);
        lease.downgrade();
        assertThat(reader.result().isHeld()).isTrue();
        assertThat(lease.isHeld()).isTrue();
        assertThat(lease.fencingToken()).isEqualTo(token);
        reader.result().close();
        assertTaken(lock());
        lease.close();
        assertFree(lock());
    }

    @Test
    void onlyALeaseThatWritesCanBeDowngraded() {
        try (Lease reading = lock().readLock().acquire(PATIENCE)) {
            assertThatThrownBy(reading::downgrade)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageStartingWith("GUARDED-0205")
                    .hasMessageContaining(name());
            assertThat(reading.isHeld()).isTrue();
        }
    }

    @Test
    void aReaderThatAsksToWriteIsToldAtOnce() {
        try (Lease reading = lock().readLock().acquire(PATIENCE)) {
            assertThatThrownBy(() -> lock().acquire(PATIENCE)).isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(() -> lock().run(PATIENCE, () -> {}))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("reads")
                    .hasMessageContaining("downgrade");
            assertThat(reading.isHeld()).isTrue();
        }
        assertFree(lock());
    }

    @Test
    void aBodyThatWritesMayCallOneThatReads() {
        String seen = lock().call(PATIENCE, () -> lock().readLock().call(PATIENCE, () -> "joined"));
        assertThat(seen).isEqualTo("joined");
        assertFree(lock());
    }

    @Test
    void theReadingSideIsAlwaysTheSame() {
        NamedLock lock = lock();
        assertThat(lock.readLock()).isSameAs(lock.readLock());
        assertThat(lock.readLock().readLock()).isSameAs(lock.readLock());
        assertThat(lock.readLock().name()).isEqualTo(lock.name());
    }

    @Test
    void aReaderThatTriesDoesNotWaitForAWriter() {
        Lease writing = elsewhere(() -> lock().acquire(PATIENCE));
        Caller<Boolean> tried = start(() -> lock().readLock().tryAcquire().isPresent());
        assertThat(tried.result()).isFalse();
        assertThat(tried.took()).isLessThan(Duration.ofSeconds(5));
        writing.close();
        assertFree(lock());
    }

    @Test
    void everyReaderGetsATokenAboveTheLastWriters() {
        Lease writing = elsewhere(() -> lock().acquire(PATIENCE));
        writing.close();
        Lease reading = elsewhere(() -> lock().readLock().acquire(PATIENCE));
        assertThat(reading.fencingToken()).isGreaterThan(writing.fencingToken());
        reading.close();
        Lease next = elsewhere(() -> lock().acquire(PATIENCE));
        assertThat(next.fencingToken()).isGreaterThan(reading.fencingToken());
    }
}
