// SPDX-License-Identifier: Apache-2.0
package dev.guarded.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.guarded.core.spi.AcquireReply;
import dev.guarded.core.spi.RenewReply;
import dev.guarded.core.spi.StoreFailure;
import dev.guarded.lock.Lease;
import dev.guarded.lock.LockSettings;
import dev.guarded.lock.NamedLock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** A waiter has its turn at the moment at which something changes, and an engine that nobody uses does nothing. */
class WakeUpTest {

    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final ScriptedStore store = new ScriptedStore();
    private final LockEngine engine = store.engine();
    private final NamedLock lock = engine.getOrCreateLock("orders");
    private final NamedLock local = engine.getOrCreateLock("local", LockSettings.local());

    private CompletableFuture<Lease> waiting(NamedLock wanted) {
        CompletableFuture<Lease> stage = wanted.acquireAsync(MINUTE).toCompletableFuture();
        store.time.advance(Duration.ZERO);
        assertThat(stage).isNotDone();
        return stage;
    }

    private void hasIt(CompletableFuture<Lease> stage) {
        store.time.advance(Duration.ZERO);
        store.time.advance(Duration.ZERO);
        assertThat(stage).isDone();
        assertThat(stage.join().isHeld()).isTrue();
    }

    @Test
    void lossThatARenewalShowsIsTheNextWaitersTurn() {
        lock.acquire().detach();
        CompletableFuture<Lease> stage = waiting(lock);
        store.renew = held -> RenewReply.LOST;
        store.time.advance(Duration.ofSeconds(1));
        hasIt(stage);
    }

    @Test
    void forcedReleaseIsTheNextWaitersTurn() {
        for (NamedLock each : List.of(lock, local)) {
            Lease held = each.acquire().detach();
            CompletableFuture<Lease> stage = waiting(each);
            each.forceRelease(held.fencingToken());
            hasIt(stage);
        }
    }

    @Test
    void lastReadersReleaseIsTheWritersTurn() {
        Lease reading = local.readLock().acquire().detach();
        CompletableFuture<Lease> writer = waiting(local);
        reading.close();
        hasIt(writer);
    }

    @Test
    void downgradeIsTheReadersTurn() {
        Lease writing = local.acquire().detach();
        CompletableFuture<Lease> first = waiting(local.readLock());
        CompletableFuture<Lease> second = waiting(local.readLock());
        writing.downgrade();
        hasIt(first);
        hasIt(second);
    }

    @Test
    void endOfAKeptLockIsTheWaitersTurn() {
        NamedLock job = engine.getOrCreateLock("job", LockSettings.local().atLeastFor(Duration.ofSeconds(2)));
        job.acquire().close();
        CompletableFuture<Lease> stage = waiting(job);
        store.time.advance(Duration.ofMillis(1999));
        assertThat(stage).isNotDone();
        assertThat(job.tryAcquire()).isEmpty();
        store.time.advance(Duration.ofMillis(1));
        hasIt(stage);
    }

    @Test
    void localLockOutlivingWhatItIsKeptForIsFreeAtOnce() {
        NamedLock job = engine.getOrCreateLock("job", LockSettings.local().atLeastFor(Duration.ofSeconds(2)));
        Lease lease = job.acquire();
        store.time.pause(Duration.ofSeconds(2));
        lease.close();
        assertThat(job.tryAcquire()).isPresent();
    }

    @Test
    void endOfALeaseIsToldToItsStoreAndIsTheNextWaitersTurn() {
        lock.acquire().detach();
        String token = store.lastAcquisition().token();
        CompletableFuture<Lease> stage = waiting(lock);
        store.renew = held -> {
            throw new StoreFailure("broken", true, null);
        };
        store.time.advance(Duration.ofMillis(2970));
        hasIt(stage);
        assertThat(store.releases).singleElement().satisfies(command -> {
            assertThat(command.token()).isEqualTo(token);
            assertThat(command.background()).isTrue();
        });
    }

    @Test
    void releasedLeaseLeavesNothingToDo() {
        Lease lease = lock.acquire();
        store.time.advance(Duration.ofSeconds(10));
        lease.close();
        store.time.advance(MINUTE);
        assertThat(store.time.planned()).isZero();
    }

    @Test
    void lostLeaseLeavesNothingToDo() {
        Kept.alive(lock.acquire());
        store.renew = held -> RenewReply.LOST;
        store.time.advance(MINUTE);
        assertThat(store.time.planned()).isZero();
    }

    @Test
    void stageThatHasItsAnswerLeavesNothingToDo() {
        store.acquire = command -> new AcquireReply.Busy(3000, 5000, false);
        CompletableFuture<Lease> stage = waiting(lock);
        store.time.advance(MINUTE);
        store.time.advance(Duration.ofSeconds(5));
        assertThat(stage).isCompletedExceptionally();
        assertThat(store.time.planned()).isZero();
    }

    @Test
    void stoppedEngineLeavesNothingToDo() {
        List<Object> losses = new ArrayList<>();
        Kept.alive(lock.acquire()).onLost(losses::add);
        engine.close();
        store.time.advance(Duration.ZERO);
        assertThat(losses).hasSize(1);
        assertThat(store.time.planned()).isZero();
    }
}
