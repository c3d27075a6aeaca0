// SPDX-License-Identifier: Apache-2.0
package dev.guarded.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.guarded.lock.Lease;
import dev.guarded.lock.LeaseLostException;
import dev.guarded.lock.LockNotGrantedException;
import dev.guarded.lock.NamedLock;
import dev.guarded.lock.ReleaseOutcome;
import dev.guarded.testkit.Proves;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** A lease lives as long as its owner does, up to {@code maxHold}; when it ends before, its owner is told. */
public abstract class LeaseRenewalContract extends Contract<Site> {

    private static final Duration LEASE = Duration.ofSeconds(1);
    private static final Duration MAX_HOLD = Duration.ofMillis(1200);

    @Test
    @Proves({"H14", "#41", "law 8"})
    void aLeaseIsRenewedBeyondItsLeaseTime() {
        NamedLock lock = locks().getOrCreateLock(name(), settings().leaseTime(LEASE));
        Lease lease = lock.acquire(PATIENCE);
        Losses losses = Losses.of(lease);
        Duration beyond = LEASE.multipliedBy(5).dividedBy(2);
        assertThat(start(() -> lock.acquire(beyond)).failure()).isInstanceOf(LockNotGrantedException.class);
        assertThat(lease.isHeld()).isTrue();
        assertThat(lease.release()).isEqualTo(ReleaseOutcome.RELEASED);
        losses.assertNone();
    }

    @Test
    @Proves({"#4", "law 8"})
    void renewalEndsAtMaxHoldAndTheNextWaiterIsGranted() {
        NamedLock lock = shortLived();
        long asked = System.nanoTime();
        Lease lease = lock.acquire(PATIENCE);
        Losses losses = Losses.of(lease);
        Caller<Boolean> next = start(() -> {
            Lease granted = lock.acquire(PATIENCE);
            boolean both = lease.isHeld();
            granted.release();
            return both;
        });
        assertThat(next.result()).as("two leases are held at once").isFalse();
        assertThat(Duration.ofNanos(next.endedAt() - asked)).isGreaterThan(LEASE.dividedBy(2));
        losses.awaitNews();
        assertThat(lease.remaining()).isEqualTo(Duration.ZERO);
    }

    @Test
    @Proves({"H3", "H4", "#5", "#16", "law 2"})
    void theOwnerOfALostLeaseLearnsOfItAndHarmsNobody() {
        NamedLock lock = shortLived();
        Lease lost = lock.acquire(PATIENCE);
        Losses losses = Losses.of(lost);
        losses.awaitNews();
        Lease next = elsewhere(() -> lock.acquire(PATIENCE));
        assertThat(lost.isHeld()).isFalse();
        assertThatThrownBy(lost::renew).isInstanceOf(LeaseLostException.class);
        assertThat(lost.release()).isEqualTo(ReleaseOutcome.NOT_OWNER);
        lost.close();
        assertThat(next.isHeld()).isTrue();
        assertThat(next.release()).isEqualTo(ReleaseOutcome.RELEASED);
        losses.assertOnce();
    }

    @Test
    @Proves("law 7")
    void aListenerThatComesTooLateOrThrowsDisturbsNobody() {
        Lease lease = shortLived().acquire(PATIENCE);
        lease.onLost(loss -> {
            throw new IllegalArgumentException("this listener fails", loss);
        });
        Losses.of(lease).awaitNews();
        Losses.of(lease).awaitNews();
    }

    @Test
    @Proves({"#25", "law 2"})
    void requireHeldRefusesALostLease() {
        Lease lease = shortLived().acquire(PATIENCE);
        Losses.of(lease).awaitNews();
        assertThatThrownBy(() -> locks().requireHeld(name()))
                .isInstanceOfSatisfying(
                        LeaseLostException.class,
                        e -> assertThat(e.fencingToken()).isEqualTo(lease.fencingToken()));
    }

    @Test
    @Proves({"#16", "law 12"})
    void aGuardedCallDoesNotReturnAsIfNothingHadHappenedToItsLease() {
        NamedLock lock = shortLived();
        AtomicBoolean inner = new AtomicBoolean();
        assertThatThrownBy(() -> lock.run(PATIENCE, () -> {
                    awaitLoss();
                    assertThatThrownBy(() -> lock.run(PATIENCE, () -> inner.set(true)))
                            .isInstanceOf(LeaseLostException.class);
                }))
                .isInstanceOf(LeaseLostException.class);
        assertThat(inner).as("a call that joins a lost lease ran").isFalse();
        assertFree(lock);
    }

    @Test
    @Proves({"#16", "law 2"})
    void aLossIsAddedToTheExceptionOfTheBodyAndDoesNotHideIt() {
        NamedLock lock = shortLived();
        assertThatThrownBy(() -> lock.run(PATIENCE, () -> {
                    awaitLoss();
                    throw new ArithmeticException("what the body has to say");
                }))
                .isInstanceOf(ArithmeticException.class)
                .satisfies(thrown ->
                        assertThat(thrown.getSuppressed()).singleElement().isInstanceOf(LeaseLostException.class));
        assertFree(lock);
    }

    private void awaitLoss() {
        CountDownLatch lost = new CountDownLatch(1);
        locks().requireHeld(name()).onLost(loss -> lost.countDown());
        await(lost);
    }

    private NamedLock shortLived() {
        return locks().getOrCreateLock(name(), settings().leaseTime(LEASE).maxHold(MAX_HOLD));
    }
}
