// SPDX-License-Identifier: Apache-2.0
package dev.guarded.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.guarded.lock.Lease;
import dev.guarded.lock.LockStatus;
import dev.guarded.lock.NamedLock;
import dev.guarded.lock.ReleaseOutcome;
import dev.guarded.testkit.Proves;
import org.junit.jupiter.api.Test;

/** Somebody who looks on can take a lock from the holder he was shown, and from nobody else. */
public abstract class ForcedReleaseContract extends Contract<Site> {

    private static long shownToken(NamedLock lock) {
        return lock.status().holder().orElseThrow().fencingToken();
    }

    @Test
    @Proves("law 3")
    void whoWasShownLosesTheLockAndIsTold() {
        Lease held = elsewhere(() -> lock().acquire(PATIENCE));
        Losses losses = Losses.of(held);
        assertThat(lock().forceRelease(shownToken(lock()))).isEqualTo(ReleaseOutcome.RELEASED);
        losses.awaitNews();
        assertThat(held.isHeld()).isFalse();
        assertThat(held.release()).isEqualTo(ReleaseOutcome.NOT_OWNER);
        assertFree(lock());
    }

    @Test
    @Proves({"#22", "law 3"})
    void whoCameSinceKeepsTheLock() {
        Lease first = elsewhere(() -> lock().acquire(PATIENCE));
        long shown = shownToken(lock());
        first.close();
        Lease second = elsewhere(() -> lock().acquire(PATIENCE));
        assertThat(lock().forceRelease(shown)).isEqualTo(ReleaseOutcome.NOT_OWNER);
        assertThat(second.isHeld()).isTrue();
        assertTaken(lock());
    }

    @Test
    void theNextWaiterIsServed() {
        Lease held = elsewhere(() -> lock().acquire(PATIENCE));
        Caller<Lease> waiter = startWaiting(lock());
        lock().forceRelease(held.fencingToken());
        assertThat(waiter.result().isHeld()).isTrue();
        assertThat(waiter.result().fencingToken()).isGreaterThan(held.fencingToken());
    }

    @Test
    void aFreeLockHasNobodyToTakeItFrom() {
        assertThat(lock().forceRelease(1)).isEqualTo(ReleaseOutcome.NOT_OWNER);
        assertFree(lock());
    }

    @Test
    void oneOfSeveralHoldersLosesAndTheOthersStay() {
        NamedLock lock = locks().getOrCreateLock(name() + "-permits", settings().permits(2));
        Lease first = elsewhere(() -> lock.acquire(PATIENCE));
        Lease second = elsewhere(() -> lock.acquire(PATIENCE));
        assertThat(lock.forceRelease(first.fencingToken())).isEqualTo(ReleaseOutcome.RELEASED);
        assertThat(second.isHeld()).isTrue();
        assertThat(elsewhere(() -> lock.acquire(PATIENCE)).isHeld()).isTrue();
        assertThat(first.isHeld()).isFalse();
    }

    @Test
    @Proves("#36")
    void theStatusShowsEveryHolder() {
        NamedLock lock = locks().getOrCreateLock(name() + "-permits", settings().permits(3));
        Lease first = elsewhere(() -> lock.acquire(PATIENCE));
        Lease second = elsewhere(() -> lock.acquire(PATIENCE));
        LockStatus status = lock.status();
        assertThat(status.holders())
                .extracting(holder -> holder.fencingToken())
                .containsExactlyInAnyOrder(first.fencingToken(), second.fencingToken());
        assertThat(status.holders()).allSatisfy(holder -> {
            assertThat(holder.thread()).isNotEmpty();
            assertThat(holder.leaseLeft()).isPositive();
        });
    }

    @Test
    @Proves("#36")
    void whatIsHeldIsListedAndWhatIsFreeIsNot() {
        Lease held = elsewhere(() -> lock().acquire(PATIENCE));
        Lease reading = elsewhere(() -> lock("-read").readLock().acquire(PATIENCE));
        lock("-free").acquire(PATIENCE).close();
        assertThat(locks().listHeld())
                .filteredOn(status -> status.name().startsWith(name()))
                .hasSize(2)
                .satisfiesExactly(
                        status -> assertThat(status.holder().orElseThrow().fencingToken())
                                .isEqualTo(held.fencingToken()),
                        status -> assertThat(status.holder().orElseThrow().fencingToken())
                                .isEqualTo(reading.fencingToken()));
        Caller<Lease> waiter = startWaiting(lock());
        assertThat(locks().listHeld())
                .filteredOn(status -> status.name().equals(name()))
                .singleElement()
                .satisfies(status -> assertThat(status.waiters()).isEqualTo(1));
        held.close();
        waiter.result().close();
        reading.close();
        assertThat(locks().listHeld())
                .filteredOn(status -> status.name().startsWith(name()))
                .isEmpty();
    }
}
