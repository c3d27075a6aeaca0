// SPDX-License-Identifier: Apache-2.0
package dev.guarded.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.guarded.lock.Lease;
import dev.guarded.lock.LockSettings;
import dev.guarded.lock.NamedLock;
import dev.guarded.lock.Reach;
import dev.guarded.testkit.Proves;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** One name is one lock, with one set of settings, for everybody who asks. */
public abstract class RegistryContract extends Contract<Site> {

    @Test
    @Proves({"E4", "E5", "E10", "E11", "A1", "A8", "A11"})
    void theSameNameIsTheSameObject() {
        NamedLock lock = lock();
        assertThat(locks().getOrCreateLock(name())).isSameAs(lock);
        assertThat(locks().getOrCreateLock(name(), settings())).isSameAs(lock);
        assertThat(locks().getLock(name())).containsSame(lock);
        assertThat(lock("other")).isNotSameAs(lock);
        assertThat(lock.name()).isEqualTo(name());
        assertThat(lock.reach()).isEqualTo(settings().reach().orElseThrow());
    }

    @Test
    @Proves({"B7", "B11", "B12"})
    void threadsThatRaceToCreateALockGetTheSameObject() {
        CountDownLatch start = new CountDownLatch(1);
        List<Caller<NamedLock>> callers = new ArrayList<>();
        for (int i = 0; i < 15; i++) {
            callers.add(start(() -> {
                await(start);
                return lock();
            }));
        }
        start.countDown();
        List<NamedLock> all = callers.stream().map(Caller::result).toList();
        assertThat(all).allSatisfy(lock -> assertThat(lock).isSameAs(all.get(0)));
    }

    @Test
    @Proves({"A10", "A19", "E3", "E16", "R5"})
    void aLockTellsEverySettingInForce() {
        LockSettings asked = settings()
                .key(name() + "-key")
                .leaseTime(Duration.ofSeconds(20))
                .maxHold(Duration.ofMinutes(5));
        LockSettings settings = locks().getOrCreateLock(name(), asked).settings();
        assertThat(settings.reach()).isEqualTo(settings().reach());
        assertThat(settings.key()).contains(name() + "-key");
        assertThat(settings.leaseTime()).contains(Duration.ofSeconds(20));
        assertThat(settings.maxHold()).contains(Duration.ofMinutes(5));
        assertThat(settings.atLeastFor()).contains(Duration.ZERO);
        LockSettings open = lock("open").settings();
        assertThat(open.key()).contains(name() + "open");
        assertThat(open.leaseTime()).isPresent();
        assertThat(open.maxHold()).isPresent();
    }

    @Test
    @Proves({"H12", "C13"})
    void otherSettingsForARegisteredNameAreRefusedAndBothAreShown() {
        NamedLock lock = locks().getOrCreateLock(name(), settings().leaseTime(Duration.ofSeconds(20)));
        assertThatThrownBy(() -> locks().getOrCreateLock(name(), settings().leaseTime(Duration.ofSeconds(21))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("GUARDED-")
                .hasMessageContaining(name())
                .hasMessageContaining(Duration.ofSeconds(20).toString())
                .hasMessageContaining(Duration.ofSeconds(21).toString());
        assertThat(locks().getOrCreateLock(name())).isSameAs(lock);
        assertThat(lock.settings().leaseTime()).contains(Duration.ofSeconds(20));
    }

    @Test
    @Proves({"H12", "C13"})
    void anotherReachForARegisteredNameIsRefused() {
        NamedLock lock = lock();
        LockSettings otherReach =
                LockSettings.defaults().reach(lock.reach() == Reach.LOCAL ? Reach.CLUSTER : Reach.LOCAL);
        assertThatThrownBy(() -> locks().getOrCreateLock(name(), otherReach))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("LOCAL")
                .hasMessageContaining("CLUSTER");
        assertThat(lock.tryAcquire()).isPresent();
    }

    @Test
    @Proves({"H12", "law 1"})
    void twoNamesWithOneKeyAndOtherTimesAreRefused() {
        NamedLock lock = locks().getOrCreateLock(name() + "-one", settings().key(name()));
        assertThatThrownBy(() -> locks().getOrCreateLock(
                                name() + "-other", settings().key(name()).leaseTime(Duration.ofSeconds(21))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(name());
        assertThat(lock.tryAcquire()).isPresent();
    }

    @Test
    @Proves({"A8", "A18", "E2", "H17", "R8"})
    void createLockRefusesATakenNameAndKeepsWhatIsThere() {
        NamedLock created = locks().createLock(name(), settings());
        assertThat(created.tryAcquire()).isPresent();
        assertThatThrownBy(() -> locks().createLock(name(), settings()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(name());
        assertThat(locks().getOrCreateLock(name())).isSameAs(created);
        assertTaken(created);
    }

    @Test
    @Proves({"A2", "A18", "E1"})
    void anUnnamedLockIsNotRegistered() {
        NamedLock unnamed = locks().createLock(settings());
        assertThat(unnamed.name()).isNotEmpty();
        assertThat(locks().getLock(unnamed.name())).isEmpty();
        assertThat(locks().listLocks()).doesNotContain(unnamed);
        assertThat(unnamed.tryAcquire()).isPresent();
    }

    @Test
    @Proves({"E7", "B8", "B10"})
    void theListIsSortedByNameAndShowsWhatIsRegistered() {
        List<NamedLock> made = new ArrayList<>();
        for (String suffix : List.of("-c", "-a", "-b")) {
            made.add(lock(suffix));
        }
        assertThat(locks().listLocks())
                .filteredOn(lock -> lock.name().startsWith(name()))
                .containsExactly(made.get(1), made.get(2), made.get(0));
        assertThat(locks().getLock(name() + "-d")).isEmpty();
    }

    @Test
    @Proves({"E6", "H13"})
    void removeLockForgetsAFreeLock() {
        NamedLock lock = lock();
        assertThat(locks().removeLock(name())).isTrue();
        assertThat(locks().getLock(name())).isEmpty();
        assertThat(locks().removeLock(name())).isFalse();
        assertThat(lock.name()).isEqualTo(name());
    }

    @Test
    @Proves({"E6", "H13", "law 1"})
    void aForgottenLockStillExcludesItsSuccessor() {
        NamedLock old = lock();
        locks().removeLock(name());
        Lease lease = old.acquire(PATIENCE);
        assertTaken(lock());
        lease.release();
        assertFree(lock());
    }

    @Test
    @Proves({"E6", "H13", "#14"})
    void removeLockRefusesWhileTheLockIsHeldOrAwaited() {
        NamedLock lock = lock();
        Lease held = lock.acquire(PATIENCE);
        assertRefusesToRemove(lock);
        Caller<Lease> waiter = startWaiting(lock);
        assertRefusesToRemove(lock);
        held.release();
        Lease next = waiter.result();
        assertRefusesToRemove(lock);
        next.release();
        assertThat(locks().removeLock(name())).isTrue();
    }

    @Test
    @Proves("B9")
    void eachLockIsRemovedExactlyOnce() {
        NamedLock lock = lock();
        List<Caller<Boolean>> callers = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            callers.add(start(() -> locks().removeLock(lock.name())));
        }
        assertThat(callers.stream().map(Caller::result).filter(removed -> removed))
                .hasSize(1);
    }

    @Test
    @Proves({"F1", "B10", "B12"})
    void manyThreadsMayCreateListAndRemoveAtOnce() {
        List<Caller<Integer>> callers = new ArrayList<>();
        for (int thread = 0; thread < 20; thread++) {
            String suffix = "-" + thread % 4;
            callers.add(start(() -> {
                int seen = 0;
                for (int i = 0; i < 10; i++) {
                    lock(suffix + i).name();
                    seen += locks().listLocks().size();
                    locks().removeLock(name() + suffix + i);
                }
                return seen;
            }));
        }
        assertThat(callers).allSatisfy(caller -> assertThat(caller.result()).isNotNegative());
    }

    private void assertRefusesToRemove(NamedLock lock) {
        assertThatThrownBy(() -> locks().removeLock(lock.name()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining(lock.name());
        assertThat(locks().getLock(lock.name())).containsSame(lock);
    }
}
