// SPDX-License-Identifier: Apache-2.0
package dev.guarded.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.guarded.core.spi.AcquireReply;
import dev.guarded.core.spi.ReleaseReply;
import dev.guarded.core.spi.StoreFailure;
import dev.guarded.lock.Lease;
import dev.guarded.lock.LockStoreException;
import dev.guarded.lock.NamedLock;
import dev.guarded.lock.ReleaseOutcome;
import dev.guarded.testkit.Proves;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import org.junit.jupiter.api.Test;

/** What a failure tells of the command: whether it may have been executed, and how long it took to say so. */
class UnsentTest {

    private static final Duration COMMAND = Duration.ofSeconds(2);

    private final ScriptedStore store = new ScriptedStore();
    private final NamedLock lock = store.engine().getOrCreateLock("orders");

    private ReleaseOutcome releasedAfter(StoreFailure first) {
        Lease lease = lock.acquire(Duration.ZERO);
        Queue<StoreFailure> failures = new ArrayDeque<>(List.of(first));
        store.release = command -> {
            StoreFailure failure = failures.poll();
            if (failure != null) {
                throw failure;
            }
            return ReleaseReply.NOT_OWNER;
        };
        return lease.release();
    }

    @Test
    @Proves("law 2")
    void releaseThatNeverLeftIsNotTakenForTheOneThatFreedTheLock() {
        assertThat(releasedAfter(StoreFailure.unsent("no connection", true, null)))
                .isEqualTo(ReleaseOutcome.NOT_OWNER);
        assertThat(releasedAfter(new StoreFailure("no answer", true, null))).isEqualTo(ReleaseOutcome.RELEASED);
    }

    @Test
    @Proves("law 5")
    void onlyAnAcquisitionThatMayHaveArrivedIsUndone() {
        store.acquire = command -> {
            throw StoreFailure.unsent("no connection", false, null);
        };
        assertThatThrownBy(() -> lock.acquire(COMMAND)).isInstanceOf(LockStoreException.class);
        store.time.advance(COMMAND);
        assertThat(store.releases).isEmpty();

        store.acquire = command -> {
            throw new StoreFailure("no answer", false, null);
        };
        assertThatThrownBy(() -> lock.acquire(COMMAND)).isInstanceOf(LockStoreException.class);
        store.time.advance(COMMAND);
        assertThat(store.releases).hasSize(3);
    }

    @Test
    @Proves("law 6")
    void whoWaitsAsksAgainAfterWhatNeverLeftWhereverTheClockBegan() {
        // As the clock of the JVM may well do.
        store.time.pause(Duration.ofNanos(-store.time.nanos()).minusDays(1));
        Queue<StoreFailure> failures = new ArrayDeque<>(List.of(
                StoreFailure.unsent("no connection", true, null), StoreFailure.unsent("no connection", true, null)));
        store.acquire = command -> {
            StoreFailure failure = failures.poll();
            if (failure != null) {
                throw failure;
            }
            return new AcquireReply.Granted(7, false);
        };
        Waiting waiting = Waiting.start(store.time, lock, Duration.ofMinutes(1));
        store.time.advance(Duration.ofSeconds(1));
        assertThat(waiting.granted().isHeld()).isTrue();
    }

    @Test
    @Proves("law 6")
    void whoDoesNotWaitAsksASilentStoreOnce() {
        store.acquire = command -> {
            store.time.pause(COMMAND);
            throw new StoreFailure("no answer", true, null);
        };
        assertThatThrownBy(lock::tryAcquire).isInstanceOf(LockStoreException.class);
        assertThat(store.acquisitions).hasSize(1);
    }
}
