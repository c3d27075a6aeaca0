// SPDX-License-Identifier: Apache-2.0
package dev.guarded.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.guarded.core.spi.AcquireCommand;
import dev.guarded.core.spi.AcquireCommand.Mode;
import dev.guarded.core.spi.AcquireReply;
import dev.guarded.core.spi.ReleaseCommand;
import dev.guarded.core.spi.ReleaseReply;
import dev.guarded.core.spi.Sharing;
import dev.guarded.core.spi.StoreFailure;
import dev.guarded.lock.Lease;
import dev.guarded.lock.LockNotGrantedException;
import dev.guarded.lock.LockSettings;
import dev.guarded.lock.LockStoreException;
import dev.guarded.lock.NamedLock;
import dev.guarded.lock.ReleaseOutcome;
import dev.guarded.testkit.Proves;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** What a node asks of its store, and what it makes of each answer. */
class StoreCommandsTest {

    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final ScriptedStore store = new ScriptedStore();
    private final LockEngine engine = store.engine();
    private final NamedLock lock = engine.getOrCreateLock("orders");

    private Waiting waiting() {
        return Waiting.start(store.time, lock, MINUTE);
    }

    private void isBusy() {
        store.acquire = command -> new AcquireReply.Busy(3000, 5000, false);
    }

    @Test
    void callerTellsTheStoreWhoAsksForWhatAndForHowLong() {
        Kept.alive(lock.acquire(Duration.ZERO));
        AcquireCommand command = store.lastAcquisition();
        assertThat(command.key()).isEqualTo("orders");
        assertThat(command.token()).matches("[0-9a-f]{16}\\.[0-9a-f]{32}");
        assertThat(command.leaseTime()).isEqualTo(Cluster.LEASE);
        assertThat(command.floor()).isZero();
        assertThat(command.mode()).isEqualTo(Mode.TRY);
        assertThat(command.push()).isTrue();
        assertThat(command.sharing()).isEqualTo(Sharing.ALONE);
        assertThat(HolderText.parts(command.holder()))
                .containsExactly("node", "", Thread.currentThread().getName());
    }

    @Test
    void waiterQueuesOnceThenKeepsItsPlaceUnderTheSameToken() {
        isBusy();
        waiting();
        store.time.advance(Duration.ofSeconds(2));
        assertThat(store.acquisitions).extracting(AcquireCommand::mode).containsExactly(Mode.QUEUE, Mode.REFRESH);
        assertThat(store.acquisitions)
                .extracting(AcquireCommand::token)
                .containsOnly(store.lastAcquisition().token());
    }

    @Test
    void everyAcquisitionHasATokenOfItsOwnAndTheHighestFenceSeenAsItsFloor() {
        for (int i = 0; i < 200; i++) {
            lock.acquire(Duration.ZERO).close();
        }
        assertThat(store.acquisitions).extracting(AcquireCommand::token).doesNotHaveDuplicates();
        assertThat(store.lastAcquisition().floor()).isEqualTo(1199);
        Kept.alive(engine.acquire("another", Duration.ZERO));
        assertThat(store.lastAcquisition().floor()).isEqualTo(1200);
    }

    @Test
    void placeThatIsLostIsTakenAgainAtOnceUnderANewToken() {
        isBusy();
        Waiting waiting = waiting();
        String first = store.lastAcquisition().token();
        store.acquire = command ->
                command.mode() == Mode.REFRESH ? new AcquireReply.PlaceLost() : new AcquireReply.Granted(7000, false);
        store.time.advance(Duration.ofSeconds(1));
        assertThat(waiting.granted().fencingToken()).isEqualTo(7000L * StoreHold.LEASES_A_FENCE);
        assertThat(store.acquisitions)
                .extracting(AcquireCommand::mode)
                .containsExactly(Mode.QUEUE, Mode.REFRESH, Mode.QUEUE);
        assertThat(store.lastAcquisition().token()).isNotEqualTo(first);
        assertThat(store.releases).as("nothing is left of the first").isEmpty();
    }

    @Test
    @Proves({"#11", "law 9"})
    void whoCannotHearSaysSoAndPollsLessAndLessOften() {
        store.hearing = false;
        isBusy();
        waiting();
        assertThat(store.lastAcquisition().push()).isFalse();
        assertThat(pollsIn(Duration.ofMillis(10)))
                .as("5 to 10 ms, then 10 to 20")
                .isBetween(1, 2);
        store.time.advance(Duration.ofMillis(900));
        assertThat(pollsIn(Duration.ofSeconds(10)))
                .as("a pause of half a second to one")
                .isBetween(10, 20);
    }

    private int pollsIn(Duration duration) {
        int before = store.acquisitions.size();
        for (int i = 0; i < duration.toMillis(); i++) {
            store.time.advance(Duration.ofMillis(1));
        }
        return store.acquisitions.size() - before;
    }

    @Test
    void waiterAsksAgainTwoMillisecondsAfterTheHoldersEnd() {
        store.acquire = command -> new AcquireReply.Busy(300, 5000, false);
        waiting();
        assertThat(pollsIn(Duration.ofMillis(301))).isZero();
        assertThat(pollsIn(Duration.ofMillis(1))).isEqualTo(1);
        store.acquire = command -> new AcquireReply.Busy(0, 5000, false);
        assertThat(pollsIn(Duration.ofMillis(302))).isEqualTo(1);
        assertThat(pollsIn(Duration.ofMillis(2))).isEqualTo(1);
    }

    @Test
    @Proves({"#11", "law 9"})
    void waiterPollsWhereGrantsAreLikelyNotAnnounced() {
        store.acquire = command -> new AcquireReply.Busy(3000, 5000, false, true);
        waiting();
        // From 10 ms on, and twice as long each time.
        assertThat(pollsIn(Duration.ofMillis(300))).isBetween(3, 9);
    }

    @Test
    void waiterForAValueWithoutEndAsksEverySecond() {
        NamedLock longLived =
                engine.getOrCreateLock("long", LockSettings.cluster().leaseTime(MINUTE));
        store.acquire = command -> new AcquireReply.Busy(-1, 0, true);
        Waiting.start(store.time, longLived, MINUTE);
        assertThat(pollsIn(Duration.ofMillis(999))).isZero();
        assertThat(pollsIn(Duration.ofMillis(1))).isEqualTo(1);
    }

    @Test
    void waiterWhoGivesUpGivesItsPlaceBackInTheBackground() {
        isBusy();
        Waiting waiting = waiting();
        waiting.interrupt();
        waiting.refused();
        store.time.advance(Duration.ofMillis(1));
        assertThat(store.releases)
                .containsExactly(
                        new ReleaseCommand("orders", store.lastAcquisition().token(), 0, Duration.ZERO, true, false));
    }

    @Test
    void whoAskedOnceAndWasRefusedHasNothingToGiveBack() {
        isBusy();
        assertThat(lock.tryAcquire()).isEmpty();
        store.time.advance(MINUTE);
        assertThat(store.releases).isEmpty();
        assertThat(store.acquisitions).hasSize(1);
    }

    @Test
    void impatientCallerAsksOnceMoreAfterAFailureAndNoMore() {
        store.acquire = command -> {
            throw new StoreFailure("broken", true, null);
        };
        assertThatThrownBy(lock::tryAcquire).isInstanceOf(LockStoreException.class);
        assertThat(store.acquisitions).hasSize(2);
        store.acquire = command -> {
            throw new StoreFailure("forbidden", false, null);
        };
        assertThatThrownBy(lock::tryAcquire)
                .isInstanceOf(LockStoreException.class)
                .hasMessage("GUARDED-0103 The store gave no usable answer for lock 'orders': forbidden. Nothing is"
                        + " held.");
        assertThat(store.acquisitions)
                .as("what cannot succeed later is not tried again")
                .hasSize(3);
    }

    @Test
    void waiterPausesLongerAfterEachFailureInARow() {
        store.acquire = command -> {
            throw new StoreFailure("broken", true, null);
        };
        assertThat(lock.acquireAsync(MINUTE).toCompletableFuture()).isNotDone();
        assertThat(pollsIn(Duration.ofMillis(1))).as("the second time at once").isEqualTo(2);
        assertThat(pollsIn(Duration.ofMillis(39))).isZero();
        assertThat(pollsIn(Duration.ofMillis(1))).isEqualTo(1);
        assertThat(pollsIn(Duration.ofMillis(79))).isZero();
        assertThat(pollsIn(Duration.ofMillis(1))).isEqualTo(1);
        assertThat(pollsIn(Duration.ofMillis(160 + 320 + 640 + 1280 + 1279))).isEqualTo(4);
        assertThat(pollsIn(Duration.ofMillis(12_801))).as("1.28 s at the most").isEqualTo(11);
    }

    @Test
    void answerBetweenTwoFailuresBeginsTheCountAnew() {
        store.acquire = command -> {
            if (store.acquisitions.size() == 2) {
                return new AcquireReply.Busy(3000, 0, false);
            }
            throw new StoreFailure("broken", true, null);
        };
        waiting();
        assertThat(store.acquisitions).hasSize(2);
        store.time.advance(Duration.ofSeconds(1));
        assertThat(store.acquisitions)
                .as("the refresh, and at once its repetition")
                .hasSize(4);
    }

    @Test
    void releaseSaysWhoseAndHowLongTheLockStaysTaken() {
        Lease lease = lock.acquire(Duration.ZERO);
        assertThat(lease.release()).isEqualTo(ReleaseOutcome.RELEASED);
        assertThat(store.releases)
                .containsExactly(new ReleaseCommand(
                        "orders", store.lastAcquisition().token(), 1001, Duration.ZERO, false, false));
        NamedLock job = engine.getOrCreateLock("job", LockSettings.cluster().atLeastFor(Duration.ofSeconds(2)));
        Lease working = job.acquire(Duration.ZERO);
        store.time.advance(Duration.ofMillis(500));
        working.close();
        assertThat(store.releases.get(1).keep()).isEqualTo(Duration.ofMillis(1500));
    }

    @Test
    void releaseThatIsNotAnsweredIsRepeatedOverTheConnectionKeptAside() {
        Lease lease = lock.acquire(Duration.ZERO);
        store.release = command -> {
            if (!command.background()) {
                throw new StoreFailure("broken", true, null);
            }
            return ReleaseReply.NOT_OWNER;
        };
        assertThat(lease.release()).as("the first one got through").isEqualTo(ReleaseOutcome.RELEASED);
        assertThat(store.releases).extracting(ReleaseCommand::background).containsExactly(false, true);
    }

    @Test
    void releaseThatTheStoreRefusesIsNotSentTwiceByItsCaller() {
        Lease lease = lock.acquire(Duration.ZERO);
        store.release = command -> {
            throw new StoreFailure("forbidden", false, null);
        };
        assertThat(lease.release()).isEqualTo(ReleaseOutcome.UNKNOWN);
        assertThat(store.releases).hasSize(1);
    }

    @Test
    void releaseThatTheStoreFoundGoneAfterResendingItGotThrough() {
        Lease lease = lock.acquire(Duration.ZERO);
        store.release = command -> ReleaseReply.RESENT_AND_GONE;
        assertThat(lease.release()).isEqualTo(ReleaseOutcome.RELEASED);
        Lease second = lock.acquire(Duration.ZERO);
        store.release = command -> ReleaseReply.CANCELLED;
        assertThat(second.release()).isEqualTo(ReleaseOutcome.RELEASED);
        Lease third = lock.acquire(Duration.ZERO);
        store.release = command -> ReleaseReply.NOT_OWNER;
        assertThat(third.release()).isEqualTo(ReleaseOutcome.NOT_OWNER);
        assertThat(third.isHeld()).isFalse();
    }

    @Test
    void releaseInACrowdGoesOverTheConnectionKeptAside() {
        LockEngine narrow = store.engine(1);
        Lease lease = narrow.acquire("orders", Duration.ZERO);
        store.acquire = command -> {
            // The one that may talk to the store is this caller.
            assertThat(lease.release()).isEqualTo(ReleaseOutcome.NOT_OWNER);
            return new AcquireReply.Granted(9000, false);
        };
        store.release = command -> command.background() ? ReleaseReply.NOT_OWNER : ReleaseReply.RELEASED;
        assertThat(narrow.acquire("another", Duration.ZERO).release()).isEqualTo(ReleaseOutcome.RELEASED);
        assertThat(store.releases).extracting(ReleaseCommand::background).containsExactly(true, false);
    }

    @Test
    void everyCommandLeavesRoomForTheNext() {
        LockEngine narrow = store.engine(1);
        for (int i = 0; i < 3; i++) {
            try (Lease lease = narrow.acquire("orders", Duration.ZERO)) {
                lease.downgrade();
                assertThat(narrow.getOrCreateLock("orders").isLocked()).isFalse();
                assertThat(narrow.listHeld()).isEmpty();
            }
        }
        store.acquire = command -> {
            throw new StoreFailure("forbidden", false, null);
        };
        for (int i = 0; i < 3; i++) {
            assertThatThrownBy(() -> narrow.tryAcquire("orders")).hasMessageContaining("forbidden");
        }
    }

    @Test
    void grantWhoseAnswerCameAtItsEndIsGivenBackAndAskedForUnderANewToken() {
        store.acquire = command -> {
            if (store.acquisitions.size() == 1) {
                store.time.pause(Duration.ofMillis(2970));
            }
            return new AcquireReply.Granted(5000, false);
        };
        assertThat(lock.acquire(MINUTE).isHeld()).isTrue();
        assertThat(store.acquisitions)
                .extracting(AcquireCommand::token)
                .doesNotHaveDuplicates()
                .hasSize(2);
        store.time.advance(Duration.ZERO);
        assertThat(store.releases)
                .extracting(ReleaseCommand::token)
                .containsExactly(store.acquisitions.get(0).token());
    }

    @Test
    void grantWhoseAnswerCameJustBeforeItsEndIsTaken() {
        store.acquire = command -> {
            store.time.pause(Duration.ofMillis(2970).minusNanos(1));
            return new AcquireReply.Granted(5000, false);
        };
        assertThat(lock.acquire(MINUTE).remaining()).isEqualTo(Duration.ofNanos(1));
    }

    @Test
    void grantThatIsToldAfterARefusalIsGivenBack() {
        isBusy();
        assertThat(lock.tryAcquire()).isEmpty();
        String token = store.lastAcquisition().token();
        store.inbox().granted("orders", token, 9000, false);
        store.time.advance(Duration.ZERO);
        assertThat(store.releases).extracting(ReleaseCommand::token).containsExactly(token);
    }

    @Test
    void grantThatIsToldAfterItsReleaseIsGivenBack() {
        lock.acquire(Duration.ZERO).close();
        String token = store.lastAcquisition().token();
        store.inbox().granted("orders", token, 9000, false);
        store.time.advance(Duration.ZERO);
        assertThat(store.releases).extracting(ReleaseCommand::token).containsExactly(token, token);
    }

    @Test
    void releaseThatIsAnsweredAtTheEndOfItsLeaseSaysNothingOfALoss() {
        Lease lease = lock.acquire(Duration.ZERO);
        store.release = command -> {
            store.time.pause(Duration.ofMillis(2970));
            return ReleaseReply.NOT_OWNER;
        };
        assertThat(lease.release()).isEqualTo(ReleaseOutcome.UNKNOWN);
        assertThat(engine.statistics().losses()).isZero();
    }

    @Test
    void waiterWithAPlaceSendsNothingWhileNobodyIsLetIn() {
        LockEngine narrow = store.engine(1);
        isBusy();
        CompletableFuture<Lease> stage = narrow.getOrCreateLock("orders")
                .acquireAsync(Duration.ofMillis(900))
                .toCompletableFuture();
        store.time.advance(Duration.ZERO);
        store.acquire = command -> {
            // The one that may talk to the store is this caller, until a microsecond before the stage's time is up.
            store.time.pause(Duration.ofMillis(900).minusNanos(1000));
            store.inbox().hearingAgain();
            store.time.advance(Duration.ZERO);
            return new AcquireReply.Granted(9000, false);
        };
        assertThat(narrow.acquire("another", Duration.ZERO).isHeld()).isTrue();
        assertThat(store.acquisitions).extracting(AcquireCommand::key).containsExactly("orders", "another");
        isBusy();
        store.time.advance(Duration.ofMillis(1));
        assertThatThrownBy(stage::join).hasCauseInstanceOf(LockNotGrantedException.class);
    }
}
