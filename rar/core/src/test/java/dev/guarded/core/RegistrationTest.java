// SPDX-License-Identifier: Apache-2.0
package dev.guarded.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.guarded.lock.Lease;
import dev.guarded.lock.LockSettings;
import dev.guarded.lock.NamedLock;
import dev.guarded.lock.Reach;
import java.lang.ref.WeakReference;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Which locks an engine knows, and with which settings. */
class RegistrationTest {

    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final Cluster cluster = new Cluster();
    private final LockEngine engine = cluster.one;

    @Test
    void whatIsLeftOpenIsTheEnginesDefault() {
        LockSettings settings = engine.getOrCreateLock("orders").settings();
        assertThat(settings)
                .isEqualTo(LockSettings.cluster()
                        .key("orders")
                        .leaseTime(Cluster.LEASE)
                        .maxHold(Duration.ofHours(1))
                        .atLeastFor(Duration.ZERO)
                        .permits(1)
                        .barging(false));
        assertThat(engine.defaultTimeout()).isEqualTo(Duration.ofSeconds(30));
    }

    @Test
    void everySettingThatIsGivenIsInForce() {
        LockSettings asked = LockSettings.local()
                .key("key")
                .leaseTime(MINUTE)
                .maxHold(MINUTE.multipliedBy(2))
                .atLeastFor(Duration.ofSeconds(1))
                .permits(3)
                .barging(true);
        NamedLock lock = engine.getOrCreateLock("orders", asked);
        assertThat(lock.settings()).isEqualTo(asked);
        assertThat(lock.reach()).isEqualTo(Reach.LOCAL);
        assertThat(lock).hasToString("lock 'orders' (" + asked + ")");
    }

    @Test
    void maxHoldThatIsLeftOpenIsNeverShorterThanTheLeaseTime() {
        LockSettings day = LockSettings.cluster().leaseTime(Duration.ofHours(24));
        assertThat(engine.getOrCreateLock("day", day).settings().maxHold()).contains(Duration.ofHours(24));
    }

    @Test
    void maxHoldBelowTheLeaseTimeIsRefusedAndAsLongIsNot() {
        LockSettings minute = LockSettings.cluster().leaseTime(MINUTE);
        assertThatThrownBy(() -> engine.getOrCreateLock("orders", minute.maxHold(MINUTE.minusMillis(1))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(
                        "GUARDED-0004 maxHold of lock 'orders' is PT59.999S, less than its leaseTime PT1M");
        assertThat(engine.getOrCreateLock("orders", minute.maxHold(MINUTE))
                        .settings()
                        .maxHold())
                .contains(MINUTE);
    }

    @Test
    void oneNameIsOneLockForWhoeverAsksWithTheSameSettingsOrNone() {
        NamedLock lock = engine.getOrCreateLock("orders", LockSettings.local());
        assertThat(engine.getOrCreateLock("orders")).isSameAs(lock);
        assertThat(engine.getOrCreateLock("orders", LockSettings.local().leaseTime(Cluster.LEASE)))
                .isSameAs(lock);
        assertThat(engine.getLock("orders")).containsSame(lock);
        assertThatThrownBy(() -> engine.getOrCreateLock("orders", LockSettings.cluster()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("GUARDED-0008 Lock 'orders' is registered with other settings: [reach=LOCAL")
                .hasMessageContaining("asked for were [reach=CLUSTER");
    }

    @Test
    void twoNamesOfOneKeyMustAgree() {
        engine.getOrCreateLock("one", LockSettings.cluster().key("key"));
        LockSettings other = LockSettings.cluster().key("key").leaseTime(MINUTE);
        assertThatThrownBy(() -> engine.getOrCreateLock("other", other))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("GUARDED-0008 The key 'key' of lock 'other' is in use with other settings");
        assertThat(engine.getLock("other")).isEmpty();
    }

    @Test
    void keyFollowsTheRulesForNames() {
        assertThatThrownBy(() ->
                        engine.getOrCreateLock("orders", LockSettings.cluster().key("a\nb")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("GUARDED-0003 The lock key 'aU+000Ab'");
        assertThatThrownBy(() -> engine.getOrCreateLock("a\nb")).hasMessageStartingWith("GUARDED-0003 The lock name");
        assertThatThrownBy(() -> engine.createLock("a\nb", LockSettings.local()))
                .hasMessageStartingWith("GUARDED-0003 The lock name");
        assertThatThrownBy(() -> engine.getLock("")).hasMessageStartingWith("GUARDED-0003 The lock name");
    }

    @Test
    void createdLockIsNewOrRefused() {
        NamedLock created = engine.createLock("orders", LockSettings.local());
        assertThat(engine.getOrCreateLock("orders")).isSameAs(created);
        assertThatThrownBy(() -> engine.createLock("orders", LockSettings.local()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("GUARDED-0009 Lock 'orders' exists already, with [reach=LOCAL");
    }

    @Test
    void unnamedLocksAreDifferentLocksThatNobodyFinds() {
        NamedLock first = engine.createLock(LockSettings.local());
        NamedLock second = engine.createLock(LockSettings.local());
        assertThat(first.name()).matches("lock-[0-9a-f]{16}").isNotEqualTo(second.name());
        assertThat(engine.getLock(first.name())).isEmpty();
        assertThat(engine.listLocks()).isEmpty();
        assertThat(first.tryAcquire()).isPresent();
        assertThat(second.tryAcquire()).isPresent();
    }

    @Test
    void listIsSortedByName() {
        NamedLock c = engine.getOrCreateLock("c");
        NamedLock a = engine.getOrCreateLock("a");
        NamedLock b = engine.getOrCreateLock("b", LockSettings.local());
        assertThat(engine.listLocks()).containsExactly(a, b, c);
    }

    @ParameterizedTest
    @EnumSource(Reach.class)
    void lockInUseIsNotRemovedAndAFreeOneIsOnce(Reach reach) {
        NamedLock lock =
                engine.getOrCreateLock("orders", LockSettings.defaults().reach(reach));
        Lease held = lock.acquire();
        assertRefusesToRemove(lock);
        Waiting waiting = Waiting.start(cluster.time, lock, MINUTE);
        held.close();
        Lease next = waiting.granted();
        assertRefusesToRemove(lock);
        next.close();
        assertThat(engine.removeLock("orders")).isTrue();
        assertThat(engine.getLock("orders")).isEmpty();
        assertThat(engine.removeLock("orders")).isFalse();
    }

    private void assertRefusesToRemove(NamedLock lock) {
        assertThatThrownBy(() -> engine.removeLock("orders"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith("GUARDED-0010 Lock 'orders' is held or awaited");
        assertThat(engine.getLock("orders")).containsSame(lock);
    }

    @Test
    void awaitedLockIsNotRemovedThoughNobodyOfThisJvmHoldsIt() {
        Lease elsewhere = cluster.two.acquire("orders");
        NamedLock lock = engine.getOrCreateLock("orders");
        Waiting waiting = Waiting.start(cluster.time, lock, MINUTE);
        assertRefusesToRemove(lock);
        elsewhere.close();
        waiting.granted().close();
    }

    @Test
    void removedLockStillExcludesItsSuccessor() {
        NamedLock old = engine.getOrCreateLock("orders", LockSettings.local());
        engine.removeLock("orders");
        Lease lease = old.acquire().detach();
        NamedLock successor = engine.getOrCreateLock("orders", LockSettings.local());
        assertThat(successor).isNotSameAs(old);
        assertThat(successor.tryAcquire()).isEmpty();
        lease.close();
        assertThat(successor.tryAcquire()).isPresent();
    }

    @Test
    void statisticsOfAnUnknownLockAreNone() {
        assertThat(engine.statistics("unknown")).isEmpty();
        assertThat(engine.statistics()).isEqualTo(LockStatistics.NONE);
    }

    @Test
    void managersShortFormsActOnTheNamedLock() {
        try (Lease lease = engine.acquire("orders")) {
            assertThat(lease.name()).isEqualTo("orders");
            assertThat(engine.requireHeld("orders").fencingToken()).isEqualTo(lease.fencingToken());
        }
        assertThat(engine.tryAcquire("orders"))
                .hasValueSatisfying(lease -> assertThat(lease.name()).isEqualTo("orders"));
        assertThat(engine.acquire("invoices", Duration.ZERO).name()).isEqualTo("invoices");
        assertThatThrownBy(() -> engine.requireHeld("never heard of"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("GUARDED-0106 Lock 'never heard of' is not held by this thread or its transaction."
                        + " Call this method guarded by it.");
    }

    @Test
    void lockThatWasReleasedIsForgottenWithTheLastWhoRefersToIt() {
        WeakReference<LockQueue> queue = usedOnce();
        long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (queue.get() != null) {
            assertThat(System.nanoTime() - end).as("time left").isNegative();
            System.gc();
        }
        assertThat(engine.getLock("once")).isEmpty();
    }

    private WeakReference<LockQueue> usedOnce() {
        EngineLock lock = (EngineLock) engine.getOrCreateLock("once", LockSettings.local());
        lock.acquire().close();
        return new WeakReference<>(lock.queue());
    }
}
