// SPDX-License-Identifier: Apache-2.0
package dev.guarded.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.guarded.core.spi.AcquireCommand;
import dev.guarded.core.spi.AcquireReply;
import dev.guarded.core.spi.ReleaseCommand;
import dev.guarded.core.spi.ReleaseReply;
import dev.guarded.core.spi.StoreFailure;
import dev.guarded.lock.Lease;
import dev.guarded.lock.LeaseLostException;
import dev.guarded.lock.LockSettings;
import dev.guarded.lock.LockStoreException;
import dev.guarded.lock.NamedLock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** What an engine leaves behind when it is closed. */
class ShutdownTest {

    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final ScriptedStore store = new ScriptedStore();
    private final LockEngine engine = store.engine();
    private final NamedLock lock = engine.getOrCreateLock("orders");

    @Test
    void everyLeaseIsGivenBackOverTheConnectionKeptAsideAndCountsAsLost() {
        List<LeaseLostException> losses = new ArrayList<>();
        for (String name : List.of("a", "b")) {
            Kept.alive(engine.acquire(name)).onLost(losses::add);
        }
        engine.close();
        assertThat(store.releases).extracting(ReleaseCommand::key).containsExactlyInAnyOrder("a", "b");
        assertThat(store.releases).allMatch(ReleaseCommand::background);
        assertThat(store.closed).isTrue();
        store.time.advance(Duration.ZERO);
        assertThat(losses).hasSize(2).allSatisfy(loss -> assertThat(loss).hasMessageContaining("adapter was stopped"));
        assertThat(engine.statistics().losses()).isEqualTo(2);
    }

    @Test
    void nothingIsRenewedAfterwards() {
        Lease lease = lock.acquire();
        engine.close();
        store.time.advance(MINUTE);
        assertThat(store.renewals).isEmpty();
        assertThat(lease.isHeld()).isFalse();
        lease.close();
        assertThat(store.releases).hasSize(1);
    }

    @Test
    void closingAgainDoesNothing() {
        Kept.alive(lock.acquire());
        engine.close();
        store.closed = false;
        engine.close();
        assertThat(store.releases).hasSize(1);
        assertThat(store.closed).isFalse();
    }

    @Test
    void releasesThatTakeTooLongAreLeftToTheEndOfTheirLeases() {
        for (int i = 0; i < 5; i++) {
            Kept.alive(engine.acquire("order:" + i));
        }
        store.release = command -> {
            store.time.pause(Duration.ofSeconds(1));
            return ReleaseReply.RELEASED;
        };
        engine.close();
        assertThat(store.releases).as("for three seconds").hasSize(3);
        assertThat(store.closed).isTrue();
    }

    @Test
    void placeOfAWaiterIsGivenBackAtOnceEvenIfTheStoreFails() {
        store.acquire = command -> new AcquireReply.Busy(3000, 5000, false);
        Waiting waiting = Waiting.start(store.time, lock, MINUTE);
        store.release = command -> {
            throw new StoreFailure("gone", true, null);
        };
        engine.close();
        assertThat(store.releases)
                .containsExactly(
                        new ReleaseCommand("orders", store.lastAcquisition().token(), 0, Duration.ZERO, true, false));
        assertThat(store.closed).isTrue();
        assertThat(waiting.refused())
                .isInstanceOf(LockStoreException.class)
                .hasMessageContaining("the adapter was stopped. Nothing is held");
    }

    @Test
    void grantThatArrivesDuringTheStopIsGivenBack() {
        store.acquire = command -> {
            engine.close();
            return new AcquireReply.Granted(5000, false);
        };
        assertThatThrownBy(() -> lock.acquire(MINUTE)).hasMessageContaining("the adapter was stopped");
        assertThat(store.releases).extracting(ReleaseCommand::key).contains("orders");
        assertThat(engine.statistics().grants()).isZero();
        assertThat(((EngineLock) lock).inUse()).isFalse();
    }

    @Test
    void locksThatAreMadeAfterwardsGrantNothing() {
        engine.close();
        NamedLock late = engine.getOrCreateLock("late", LockSettings.local());
        assertThatThrownBy(late::tryAcquire).hasMessageContaining("the adapter was stopped");
        assertThatThrownBy(() -> late.run(MINUTE, () -> {})).hasMessageContaining("the adapter was stopped");
        assertThatThrownBy(() -> engine.acquireAll(List.of("a", "b"), MINUTE))
                .hasMessageContaining("the adapter was stopped");
        assertThat(store.acquisitions).isEmpty();
    }

    @Test
    void commandThatWasNotAnsweredMayHaveTakenAPlaceAndIsGivenBack() {
        store.acquire = command -> {
            throw new StoreFailure("no answer", true, null);
        };
        Waiting waiting = Waiting.start(store.time, lock, MINUTE);
        engine.close();
        waiting.refused();
        assertThat(store.releases)
                .extracting(ReleaseCommand::token)
                .containsExactly(store.lastAcquisition().token());
    }

    @Test
    void placeThatTheStoreHasLostIsNotGivenBack() {
        store.acquire = command -> command.mode() == AcquireCommand.Mode.REFRESH
                ? new AcquireReply.PlaceLost()
                : new AcquireReply.Busy(60_000, 5000, false);
        CompletableFuture<Lease> stage = lock.acquireAsync(MINUTE).toCompletableFuture();
        store.time.advance(Duration.ofSeconds(1));
        engine.close();
        assertThat(store.acquisitions).hasSize(2);
        assertThat(store.releases).isEmpty();
        store.time.advance(Duration.ofMillis(1));
        assertThat(stage).isCompletedExceptionally();
    }
}
