// SPDX-License-Identifier: Apache-2.0
package dev.guarded.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.guarded.core.spi.AcquireReply;
import dev.guarded.core.spi.ReleaseCommand;
import dev.guarded.lock.Lease;
import dev.guarded.lock.LeaseSet;
import dev.guarded.lock.LockNotGrantedException;
import dev.guarded.lock.LockSettings;
import dev.guarded.lock.NamedLock;
import dev.guarded.testkit.ThreadPerTask;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Several locks that are taken together, under manual time. */
class LeaseSetTest {

    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    private final Cluster cluster = new Cluster();

    private NamedLock lock(String name) {
        return cluster.one.getOrCreateLock(name);
    }

    private CompletableFuture<LeaseSet> inAThread(List<String> names, Duration timeout) {
        int parked = cluster.time.parked();
        CompletableFuture<LeaseSet> set =
                CompletableFuture.supplyAsync(() -> cluster.one.acquireAll(names, timeout), ThreadPerTask.EXECUTOR);
        while (cluster.time.parked() == parked && !set.isDone()) {
            Thread.onSpinWait();
        }
        return set;
    }

    /** Returns when somebody of the first node waits for a lock, and is parked. */
    private void awaitWaiterOf(String name) {
        NamedLock elsewhere = cluster.two.getOrCreateLock(name);
        while (elsewhere.status().waiters() == 0 || cluster.time.parked() == 0) {
            Thread.onSpinWait();
        }
    }

    @Test
    void setHoldsEachLockOnceInTheOrderOfTheirKeysAndGivesAllBack() {
        LeaseSet set = cluster.one.acquireAll(List.of("c", "a", "b", "a"), TIMEOUT);
        assertThat(set.isHeld()).isTrue();
        assertThat(set.leases()).extracting(Lease::name).containsExactly("a", "b", "c");
        assertThat(set.lease("b").name()).isEqualTo("b");
        assertThat(List.of("a", "b", "c")).allMatch(name -> lock(name).isLocked());
        set.close();
        assertThat(set.isHeld()).isFalse();
        assertThat(List.of("a", "b", "c")).noneMatch(name -> lock(name).isLocked());
    }

    @Test
    void refusalNamesTheTimeoutOfAllAndNotWhatTheFirstHaveLeftOfIt() {
        cluster.two.acquire("b").detach();
        Duration timeout = Duration.ofSeconds(2);
        cluster.wireOne.afterAcquisitionOf("a", () -> cluster.time.pause(timeout));
        assertThatThrownBy(() -> cluster.one.acquireAll(List.of("a", "b"), timeout))
                .isInstanceOf(LockNotGrantedException.class)
                .hasMessageContaining("'b' was not granted within 2 s");
        assertThat(lock("a").isLocked()).isFalse();
    }

    @Test
    void whateverGoesWrongNothingIsKept() {
        ScriptedStore store = new ScriptedStore();
        LockEngine engine = store.engine();
        store.acquire = command -> {
            if (command.key().equals("b")) {
                throw new StackOverflowError("on purpose");
            }
            return new AcquireReply.Granted(7, false);
        };
        assertThatThrownBy(() -> engine.acquireAll(List.of("a", "b"), TIMEOUT)).isInstanceOf(StackOverflowError.class);
        assertThat(store.releases).extracting(ReleaseCommand::key).contains("a");
    }

    @Test
    void setIsHeldNoLongerWhenOneOfItsLeasesIsLost() {
        LeaseSet set = cluster.one.acquireAll(List.of("a", "b"), TIMEOUT);
        cluster.store.lose("a");
        cluster.pass(Cluster.LEASE);
        assertThat(set.lease("b").isHeld()).isTrue();
        assertThat(set.isHeld()).isFalse();
    }

    @Test
    void namesOfOneKeyShareALease() {
        LockSettings shared = LockSettings.cluster().key("key");
        cluster.one.getOrCreateLock("one", shared);
        cluster.one.getOrCreateLock("other", shared);
        LeaseSet set = cluster.one.acquireAll(List.of("one", "other"), TIMEOUT);
        assertThat(set.leases()).hasSize(1);
        assertThat(set.lease("other")).isSameAs(set.lease("one"));
    }

    @Test
    void locksOfTheTwoReachesAreTwoThoughTheirKeysAreTheSame() {
        cluster.one.getOrCreateLock("here", LockSettings.local().key("key"));
        cluster.one.getOrCreateLock("everywhere", LockSettings.cluster().key("key"));
        assertThat(cluster.one
                        .acquireAll(List.of("here", "everywhere"), TIMEOUT)
                        .leases())
                .hasSize(2);
    }

    @Test
    void timeoutIsThatOfTheWholeSet() {
        Lease a = cluster.two.acquire("a");
        Lease b = cluster.two.acquire("b");
        CompletableFuture<LeaseSet> set = inAThread(List.of("a", "b"), TIMEOUT);
        cluster.pass(Duration.ofSeconds(3));
        a.close();
        awaitWaiterOf("b");
        cluster.pass(Duration.ofMillis(1900));
        assertThat(set).isNotDone();
        cluster.pass(Duration.ofMillis(100));
        assertThatThrownBy(() -> set.get(10, TimeUnit.SECONDS))
                .cause()
                .isInstanceOfSatisfying(LockNotGrantedException.class, refusal -> {
                    assertThat(refusal.lockName()).isEqualTo("b");
                    assertThat(refusal.waited()).isEqualTo(Duration.ofSeconds(2));
                });
        assertThat(lock("a").isLocked()).as("what it had before").isFalse();
        assertThat(b.isHeld()).isTrue();
    }

    @Test
    void timeThatRanOutOverTheFirstLockStillTakesAFreeSecondOne() {
        NamedLock slow = lock("a");
        assertThat(slow.isLocked()).isFalse();
        cluster.wireOne.afterAcquisitionOf("a", () -> cluster.time.pause(Duration.ofSeconds(2)));
        LeaseSet set = cluster.one.acquireAll(List.of("a", "b"), Duration.ofSeconds(1));
        assertThat(set.isHeld()).isTrue();
    }

    @Test
    void unlimitedTimeoutWaitsForEachLock() {
        Lease a = cluster.two.acquire("a");
        Lease b = cluster.two.acquire("b");
        CompletableFuture<LeaseSet> set = inAThread(List.of("a", "b"), LockSettings.UNLIMITED);
        cluster.pass(Duration.ofMinutes(1));
        a.close();
        awaitWaiterOf("b");
        cluster.pass(Duration.ofMinutes(1));
        assertThat(set).isNotDone();
        b.close();
        assertThat(set).succeedsWithin(Duration.ofSeconds(10)).matches(LeaseSet::isHeld);
    }

    @Test
    void lockThatTheThreadHasAlreadyMeansThatNoneIsTaken() {
        Lease own = lock("b").acquire();
        assertThatThrownBy(() -> cluster.one.acquireAll(List.of("a", "b"), TIMEOUT))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("GUARDED-0104");
        assertThat(lock("a").isLocked()).isFalse();
        assertThat(own.isHeld()).isTrue();
    }

    @Test
    void detachedSetBelongsToNoThread() {
        LeaseSet set = cluster.one.acquireAll(List.of("a", "b"), TIMEOUT);
        assertThat(cluster.one.requireHeld("a").isHeld()).isTrue();
        assertThat(set.detach()).isSameAs(set);
        for (String name : List.of("a", "b")) {
            assertThatThrownBy(() -> cluster.one.requireHeld(name)).hasMessageStartingWith("GUARDED-0106");
        }
        assertThat(set.isHeld()).isTrue();
    }

    @Test
    void refusalsTellWhatIsWrong() {
        assertThatThrownBy(() -> cluster.one.acquireAll(List.of(), TIMEOUT)).hasMessageStartingWith("GUARDED-0011");
        assertThatThrownBy(() -> cluster.one.acquireAll(List.of("a"), Duration.ofMillis(-1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("GUARDED-0006");
        assertThat(cluster.one.getLock("a")).isEmpty();
        LeaseSet set = cluster.one.acquireAll(List.of("b", "a"), TIMEOUT);
        assertThatThrownBy(() -> set.lease("c"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("GUARDED-0007 'c' is not one of the names of this set; they are [a, b].");
    }
}
