// SPDX-License-Identifier: Apache-2.0
package dev.guarded.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.guarded.core.spi.AcquireReply;
import dev.guarded.core.spi.ReleaseCommand;
import dev.guarded.core.spi.ReleaseReply;
import dev.guarded.core.spi.StoredLock;
import dev.guarded.lock.Holder;
import dev.guarded.lock.Lease;
import dev.guarded.lock.LockSettings;
import dev.guarded.lock.LockStatus;
import dev.guarded.lock.LockStoreException;
import dev.guarded.lock.NamedLock;
import dev.guarded.lock.Reach;
import dev.guarded.lock.ReleaseOutcome;
import dev.guarded.testkit.Proves;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What is told of who holds a lock and who waits for it. */
class StatusTest {

    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final Cluster cluster = new Cluster();
    private final NamedLock lock = cluster.one.getOrCreateLock("orders");
    private final NamedLock elsewhere = cluster.two.getOrCreateLock("orders");

    @ParameterizedTest
    @EnumSource(Reach.class)
    void freeLockHasNeitherHoldersNorWaiters(Reach reach) {
        NamedLock free =
                cluster.one.getOrCreateLock("free", LockSettings.defaults().reach(reach));
        assertThat(free.status()).isEqualTo(new LockStatus("free", reach, List.of(), 0));
        assertThat(free.isLocked()).isFalse();
    }

    @Test
    void ownHolderIsShownAsItIsNow() {
        Lease lease = lock.acquire();
        cluster.time.pause(Duration.ofMillis(500));
        Holder holder = lock.status().holder().orElseThrow();
        assertThat(holder.node()).isEqualTo("node-one");
        assertThat(holder.application()).isEqualTo("payouts");
        assertThat(holder.thread()).isEqualTo(Thread.currentThread().getName());
        assertThat(holder.leaseLeft()).isEqualTo(Duration.ofMillis(2470));
        assertThat(holder.fencingToken()).isEqualTo(lease.fencingToken());
        assertThat(holder.since())
                .isBetween(Instant.now().minusSeconds(30), Instant.now().minusMillis(500))
                .isEqualTo(holder.since().truncatedTo(ChronoUnit.MICROS));
    }

    @Test
    void holderOfAnotherNodeIsShownAsTheStoreKnowsIt() {
        Lease lease = lock.acquire();
        cluster.time.pause(Duration.ofMillis(500));
        Holder holder = elsewhere.status().holder().orElseThrow();
        assertThat(holder.node()).isEqualTo("node-one");
        assertThat(holder.application()).isEqualTo("payouts");
        assertThat(holder.thread()).isEqualTo(Thread.currentThread().getName());
        assertThat(holder.leaseLeft()).isEqualTo(Duration.ofMillis(2500));
        assertThat(holder.fencingToken()).isEqualTo(lease.fencingToken());
        long fence = lease.fencingToken() / StoreHold.LEASES_A_FENCE;
        assertThat(holder.since()).isEqualTo(Instant.EPOCH.plus(fence, ChronoUnit.MICROS));
    }

    @Test
    void waitersOfBothNodesAreCountedOnceEach() {
        Lease lease = lock.acquire();
        Waiting here = Waiting.start(cluster.time, lock, MINUTE);
        Waiting too = Waiting.start(cluster.time, lock, MINUTE);
        assertThat(lock.status().waiters()).isEqualTo(2);
        assertThat(elsewhere.status().waiters())
                .as("who waits in line sends nothing")
                .isZero();
        Waiting there = Waiting.start(cluster.time, elsewhere, MINUTE);
        assertThat(elsewhere.status().waiters()).isEqualTo(1);
        assertThat(lock.status().waiters()).isEqualTo(3);
        lease.close();
        here.granted().close();
        too.granted().close();
        there.granted().close();
        assertThat(lock.status().waiters()).isZero();
    }

    @ParameterizedTest
    @EnumSource(Reach.class)
    void everyReaderIsShown(Reach reach) {
        NamedLock reading = cluster.one
                .getOrCreateLock("read", LockSettings.defaults().reach(reach))
                .readLock();
        Lease first = reading.acquire().detach();
        Lease second = reading.acquire().detach();
        assertThat(reading.status().holders())
                .extracting(Holder::fencingToken)
                .containsExactlyInAnyOrder(first.fencingToken(), second.fencingToken());
        first.close();
        assertThat(reading.status().holders()).extracting(Holder::fencingToken).containsExactly(second.fencingToken());
    }

    @Test
    void leaseWhoseTimeIsOverIsNotShown() {
        NamedLock local = cluster.one.getOrCreateLock(
                "local", LockSettings.local().leaseTime(MINUTE).maxHold(MINUTE));
        Kept.alive(local.acquire());
        cluster.time.pause(MINUTE.minusNanos(1));
        assertThat(local.isLocked()).isTrue();
        cluster.time.pause(Duration.ofNanos(1));
        assertThat(local.isLocked()).isFalse();
    }

    @Test
    void valueOfAnotherProgramIsShownAsSuch() {
        ScriptedStore store = new ScriptedStore();
        store.acquire = command -> new AcquireReply.Busy(-1, 0, true);
        store.inspect = () -> new StoredLock(List.of(new StoredLock.Grant("", "", 0, -1)), 0);
        LockEngine engine = store.engine();
        Holder holder = engine.getOrCreateLock("foreign").status().holder().orElseThrow();
        assertThat(holder)
                .isEqualTo(new Holder(
                        "(a value that is not of Guarded)", "", "", Instant.EPOCH, LockSettings.UNLIMITED, 0));
        assertThatThrownBy(() -> engine.acquire("foreign", Duration.ZERO))
                .hasMessageContaining("Held since 1970-01-01 00:00:00.000Z by (a value that is not of Guarded), thread"
                        + " \"\", lease left no end: the value at its key is not ours and never expires, token 0.");
        assertThat(engine.getOrCreateLock("foreign").forceRelease(0))
                .as("nobody can give it back")
                .isEqualTo(ReleaseOutcome.NOT_OWNER);
    }

    @Test
    void whatIsHeldOrAwaitedAnywhereIsListedByName() {
        cluster.one.getOrCreateLock("free").acquire().close();
        cluster.one.getOrCreateLock("free here", LockSettings.local()).acquire().close();
        Lease far = cluster.two.acquire("far");
        Kept.alive(cluster.one.getOrCreateLock("b", LockSettings.local()).acquire());
        Kept.alive(cluster.one
                .getOrCreateLock("a", LockSettings.cluster().key("z"))
                .acquire());
        Kept.alive(cluster.one
                .getOrCreateLock("b2", LockSettings.cluster().key("b"))
                .acquire());
        assertThat(cluster.one.listHeld())
                .extracting(LockStatus::name, LockStatus::reach)
                .containsExactly(
                        tuple("a", Reach.CLUSTER),
                        tuple("b", Reach.LOCAL),
                        tuple("b2", Reach.CLUSTER),
                        tuple("far", Reach.CLUSTER));
        assertThat(cluster.one.listHeld())
                .filteredOn(status -> status.name().equals("far"))
                .singleElement()
                .satisfies(status ->
                        assertThat(status.holder().orElseThrow().fencingToken()).isEqualTo(far.fencingToken()));
    }

    @Test
    void awaitedLockThatNobodyHoldsIsListed() {
        Lease lease = cluster.two.acquire("orders");
        Waiting waiting = Waiting.start(cluster.time, lock, MINUTE);
        cluster.wireOne.loseMessages();
        assertThat(cluster.two.listHeld())
                .singleElement()
                .satisfies(status -> assertThat(status.waiters()).isEqualTo(1));
        lease.close();
        cluster.pass(Cluster.LEASE);
        waiting.granted().close();
    }

    @Test
    void engineOfLocalLocksAsksNoStoreWhatIsHeldUntilOneWasNeeded() {
        EngineSettings settings =
                new EngineSettings("node", Reach.LOCAL, MINUTE, Cluster.LEASE, Duration.ofHours(1), 20);
        MemoryNode wire = new MemoryNode(cluster.store);
        LockEngine engine = LockEngine.open(settings, wire, cluster.time, cluster.time, cluster.transactions);
        Kept.alive(engine.acquire("here"));
        Kept.alive(cluster.two.acquire("far"));
        assertThat(engine.listHeld()).extracting(LockStatus::name).containsExactly("here");
        assertThat(wire.commands()).isZero();
        Kept.alive(engine.getOrCreateLock("everywhere", LockSettings.cluster()).acquire());
        assertThat(engine.listHeld()).extracting(LockStatus::name).containsExactly("everywhere", "far", "here");
    }

    @Test
    void storeThatDoesNotAnswerLeavesItUnknownWhoHoldsWhat() {
        cluster.wireOne.cut();
        assertThatThrownBy(lock::status)
                .isInstanceOf(LockStoreException.class)
                .hasMessageEndingWith("Who holds it is not known; try again later.");
        assertThatThrownBy(cluster.one::listHeld)
                .isInstanceOf(LockStoreException.class)
                .hasMessageContaining("lock '(all)'")
                .hasMessageEndingWith("What is held is not known; try again later.");
        assertThatThrownBy(() -> lock.forceRelease(1))
                .isInstanceOf(LockStoreException.class)
                .hasMessageEndingWith("Whether it was taken from its holder is not known; try again later.");
    }

    @Test
    @Proves("law 2")
    void forcedReleaseOfThisNodesOwnTellsNothingThatTheStoreHasNotConfirmed() {
        Lease lease = lock.acquire();
        cluster.wireOne.cut();
        assertThatThrownBy(() -> lock.forceRelease(lease.fencingToken()))
                .isInstanceOf(LockStoreException.class)
                .hasMessageEndingWith("Whether it was taken from its holder is not known; try again later.");
        assertThat(lease.isHeld()).isFalse();
        cluster.wireOne.mend();
        cluster.pass(Duration.ofSeconds(1));
        assertThat(elsewhere.tryAcquire()).as("the release is repeated").isPresent();
    }

    @Test
    void refusalNamesNoHolderWhenTheStoreDoesNotTell() {
        elsewhere.acquire();
        cluster.wireOne.afterAcquisitionOf("orders", cluster.wireOne::cut);
        assertThatThrownBy(() -> lock.acquire(Duration.ZERO))
                .hasMessage("GUARDED-0101 Lock 'orders' is taken. Who holds it is not known. Raise the timeout, shorten"
                        + " the work, or ask the lock's status who works on.");
    }

    @ParameterizedTest
    @CsvSource({
        "RELEASED, RELEASED",
        "RESENT_AND_GONE, RELEASED",
        "CANCELLED, NOT_OWNER",
        "NOT_OWNER, NOT_OWNER",
    })
    void forcedReleaseTellsWhatTheStoreMadeOfIt(ReleaseReply reply, ReleaseOutcome outcome) {
        ScriptedStore store = new ScriptedStore();
        store.inspect = () -> new StoredLock(List.of(new StoredLock.Grant("there.1", "n|a|t", 7, 1000)), 0);
        store.release = command -> reply;
        NamedLock taken = store.engine().getOrCreateLock("taken");
        assertThat(taken.forceRelease(8L * StoreHold.LEASES_A_FENCE)).isEqualTo(ReleaseOutcome.NOT_OWNER);
        assertThat(store.releases).as("somebody else was shown").isEmpty();
        assertThat(taken.forceRelease(7L * StoreHold.LEASES_A_FENCE)).isEqualTo(outcome);
        assertThat(store.releases).containsExactly(ReleaseCommand.byForce("taken", "there.1", 0));
    }
}
