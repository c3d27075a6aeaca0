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
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** A lock with permits lets in as many as it has permits, and each permit is a lease. */
public abstract class PermitsContract extends Contract<Site> {

    private NamedLock permits(int count) {
        return locks().getOrCreateLock(name() + "-" + count, settings().permits(count));
    }

    private Lease taken(NamedLock lock) {
        return elsewhere(() -> lock.acquire(PATIENCE));
    }

    @Test
    void asManyHoldAsThereArePermits() {
        NamedLock lock = permits(3);
        List<Lease> leases = List.of(taken(lock), taken(lock), taken(lock));
        assertTaken(lock);
        assertThat(leases).allMatch(Lease::isHeld);
        leases.get(1).close();
        Lease fourth = taken(lock);
        assertThat(fourth.isHeld()).isTrue();
        assertTaken(lock);
    }

    @Test
    void aReleaseWakesOneWhoWaitsForAPermit() {
        NamedLock lock = permits(2);
        Lease first = taken(lock);
        Lease second = taken(lock);
        Caller<Lease> waiter = startWaiting(lock);
        second.close();
        assertThat(waiter.result().isHeld()).isTrue();
        assertThat(first.isHeld()).isTrue();
        assertTaken(lock);
    }

    @Test
    @Proves("#33")
    void neverMoreAreInsideThanThereArePermits() {
        NamedLock lock = permits(3);
        AtomicInteger inside = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        List<Caller<Boolean>> callers = new ArrayList<>();
        for (int i = 0; i < 9; i++) {
            callers.add(start(() -> {
                for (int round = 0; round < 20; round++) {
                    lock.run(PATIENCE, () -> {
                        most.accumulateAndGet(inside.incrementAndGet(), Math::max);
                        Thread.onSpinWait();
                        inside.decrementAndGet();
                    });
                }
                return true;
            }));
        }
        callers.forEach(Caller::result);
        assertThat(most.get()).isBetween(1, 3);
        assertFree(lock);
    }

    @Test
    @Proves("#33")
    void everyPermitIsRenewedByItself() {
        NamedLock lock = locks().getOrCreateLock(name(), settings().permits(2).leaseTime(Duration.ofSeconds(2)));
        Lease first = taken(lock);
        Lease second = taken(lock);
        letPass(Duration.ofSeconds(3));
        assertThat(first.isHeld()).isTrue();
        assertThat(second.isHeld()).isTrue();
        assertTaken(lock);
    }

    @Test
    void aThreadMayTakeSeveralPermitsButNotOneMoreThanThereAre() {
        NamedLock lock = permits(2);
        try (Lease first = lock.acquire(PATIENCE);
                Lease second = lock.acquire(PATIENCE)) {
            assertThat(first.fencingToken()).isNotEqualTo(second.fencingToken());
            assertThatThrownBy(() -> lock.acquire(PATIENCE))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining(lock.name());
        }
        assertFree(lock);
    }

    @Test
    void aLockWithPermitsHasNoReadingSide() {
        assertThatThrownBy(() -> permits(2).readLock())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("2 permits");
    }

    @Test
    @Proves("H12")
    void otherNumbersOfPermitsAreAConflict() {
        NamedLock lock = permits(2);
        assertThatThrownBy(() -> locks().getOrCreateLock(lock.name(), settings().permits(3)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("permits=2")
                .hasMessageContaining("permits=3");
    }

    @Test
    void numbersOutsideTheRangeAreRefused() {
        for (int wrong : new int[] {-1, 0, 10_001}) {
            assertThatThrownBy(() -> settings().permits(wrong))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("GUARDED-0004")
                    .hasMessageContaining(Integer.toString(wrong));
        }
    }

    @Test
    @Proves("law 3")
    void aSecondReleaseOfAPermitFreesNoOthers() {
        NamedLock lock = permits(2);
        Lease first = taken(lock);
        Lease second = taken(lock);
        first.release();
        Lease third = taken(lock);
        first.release();
        assertTaken(lock);
        assertThat(List.of(second, third)).allMatch(Lease::isHeld);
    }
}
