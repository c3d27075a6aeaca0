// SPDX-License-Identifier: Apache-2.0
package dev.guarded.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.guarded.lock.Lease;
import dev.guarded.lock.LeaseLostException;
import dev.guarded.lock.NamedLock;
import dev.guarded.lock.ReleaseOutcome;
import dev.guarded.testkit.Proves;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A lock is its lease's: whoever has the lease can give it back once, and nobody can take what is another's. */
public abstract class OwnershipContract extends Contract<Site> {

    @Test
    @Proves({"#17", "law 3"})
    void aLeaseAcquiredInOneThreadIsReleasedInAnother() {
        NamedLock lock = lock();
        Lease lease = elsewhere(() -> lock.acquire(PATIENCE));
        assertTaken(lock);
        assertThat(lease.isHeld()).isTrue();
        assertThat(lease.release()).isEqualTo(ReleaseOutcome.RELEASED);
        assertFree(lock);
    }

    @Test
    @Proves({"C6", "law 2"})
    void aSecondReleaseSaysNotOwner() {
        Lease lease = lock().acquire(PATIENCE);
        assertThat(lease.release()).isEqualTo(ReleaseOutcome.RELEASED);
        assertThat(lease.release()).isEqualTo(ReleaseOutcome.NOT_OWNER);
        lease.close();
        assertThat(lease.release()).isEqualTo(ReleaseOutcome.NOT_OWNER);
        assertFree(lock());
    }

    @Test
    @Proves({"C6", "#16", "D2"})
    void closingAgainDoesNothing() {
        NamedLock lock = lock();
        Lease lease = lock.acquire(PATIENCE);
        lease.close();
        Lease next = elsewhere(() -> lock.acquire(PATIENCE));
        lease.close();
        lease.close();
        assertThat(next.isHeld()).isTrue();
        assertTaken(lock);
    }

    @Test
    @Proves({"A17", "H4", "#17", "#22", "law 3"})
    void aLateReleaseLeavesTheNextOwnerAlone() {
        NamedLock lock = lock();
        Lease first = lock.acquire(PATIENCE);
        first.release();
        Lease next = elsewhere(() -> lock.acquire(PATIENCE));
        assertThat(first.release()).isEqualTo(ReleaseOutcome.NOT_OWNER);
        assertThat(next.isHeld()).isTrue();
        assertTaken(lock);
        assertThat(next.release()).isEqualTo(ReleaseOutcome.RELEASED);
        assertFree(lock);
    }

    @Test
    @Proves({"H4", "law 8"})
    void aReleasedLeaseCannotBeRenewed() {
        NamedLock lock = lock();
        Lease first = lock.acquire(PATIENCE);
        first.release();
        Lease next = elsewhere(() -> lock.acquire(PATIENCE));
        assertThatThrownBy(first::renew)
                .isInstanceOfSatisfying(
                        LeaseLostException.class,
                        e -> assertThat(e.fencingToken()).isEqualTo(first.fencingToken()));
        assertThat(next.isHeld()).isTrue();
    }

    @Test
    @Proves({"A11", "A6", "law 7"})
    void aLeaseTellsWhatItIs() {
        Lease lease = lock().acquire(PATIENCE);
        assertThat(lease.name()).isEqualTo(name());
        assertThat(lease.isHeld()).isTrue();
        assertThat(lease.remaining()).isPositive();
        lease.release();
        assertThat(lease.isHeld()).isFalse();
        assertThat(lease.remaining()).isEqualTo(Duration.ZERO);
    }

    @Test
    @Proves("law 2")
    void aReleaseIsNoLoss() {
        Lease lease = lock().acquire(PATIENCE);
        Losses losses = Losses.of(lease);
        lease.release();
        assertFree(lock());
        losses.assertNone();
    }

    @Test
    @Proves({"A7", "#41"})
    void renewingKeepsTheLease() {
        Lease lease = lock().acquire(PATIENCE);
        Duration before = lease.remaining();
        letPass(Duration.ofMillis(50));
        lease.renew();
        assertThat(lease.isHeld()).isTrue();
        assertThat(lease.remaining()).isGreaterThan(before.minus(ONE_COMMAND));
        assertTaken(lock());
    }

    @Test
    @Proves({"A4", "A7", "A14", "A21"})
    void theScopedFormAndTheManualFormInterleave() {
        NamedLock lock = lock();
        try (Lease lease = lock.acquire(PATIENCE)) {
            assertThat(lease.isHeld()).isTrue();
        }
        lock.acquire(PATIENCE).release();
        assertThat(lock.tryRun(() -> assertTaken(lock))).isTrue();
        try (Lease lease = lock.acquire(PATIENCE)) {
            assertTaken(lock);
            assertThat(lease.release()).isEqualTo(ReleaseOutcome.RELEASED);
            assertFree(lock);
        }
        assertFree(lock);
    }

    @Test
    @Proves("law 14")
    void aDetachedLeaseBelongsToWhoeverHasIt() {
        NamedLock lock = lock();
        Lease lease = lock.acquire(PATIENCE);
        assertThat(lease.detach()).isSameAs(lease);
        assertThat(lease.isHeld()).isTrue();
        assertTaken(lock);
        elsewhere(lease::release);
        assertFree(lock);
    }
}
