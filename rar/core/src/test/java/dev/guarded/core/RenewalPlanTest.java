// SPDX-License-Identifier: Apache-2.0
package dev.guarded.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.guarded.core.spi.AcquireReply;
import dev.guarded.core.spi.HeldToken;
import dev.guarded.core.spi.RenewReply;
import dev.guarded.core.spi.StoreFailure;
import dev.guarded.lock.Lease;
import dev.guarded.lock.LeaseLostException;
import dev.guarded.lock.LockSettings;
import dev.guarded.lock.LockStoreException;
import dev.guarded.lock.NamedLock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** When leases are renewed, to the millisecond. The lease time is 3 s, so a third is 1 s. */
class RenewalPlanTest {

    private final ScriptedStore store = new ScriptedStore();
    private final LockEngine engine = store.engine();
    private final NamedLock lock = engine.getOrCreateLock("orders");
    private final long start = store.time.nanos();

    /** Returns when renewals were sent, in milliseconds from the start. */
    private List<Long> sent() {
        return store.renewedAt.stream().map(at -> (at - start) / 1_000_000).toList();
    }

    @Test
    void leaseIsRenewedEveryThirdOfItsTime() {
        Lease lease = lock.acquire(Duration.ZERO);
        store.time.advance(Duration.ofMillis(3500));
        assertThat(sent()).containsExactly(1000L, 2000L, 3000L);
        assertThat(lease.remaining()).isEqualTo(Duration.ofMillis(2470));
    }

    @Test
    void ownerMayRelyOnTheLeaseUpToAHundredthOfItsTimeBeforeItsEnd() {
        Lease lease = lock.acquire(Duration.ZERO);
        assertThat(lease.remaining()).isEqualTo(Duration.ofMillis(2970));
        store.time.pause(Duration.ofMillis(2970).minusNanos(1));
        assertThat(lease.isHeld()).isTrue();
        assertThat(lease.remaining()).isEqualTo(Duration.ofNanos(1));
        store.time.pause(Duration.ofNanos(1));
        assertThat(lease.isHeld()).isFalse();
        assertThat(lease.remaining()).isZero();
    }

    @Test
    void whatComesDueWithinAQuarterOfThePeriodGoesAlong() {
        Kept.alive(lock.acquire(Duration.ZERO));
        store.time.advance(Duration.ofMillis(250));
        Kept.alive(engine.acquire("along", Duration.ZERO));
        store.time.advance(Duration.ofMillis(1));
        Kept.alive(engine.acquire("later", Duration.ZERO));
        store.time.advance(Duration.ofSeconds(1));
        assertThat(sent()).containsExactly(1000L, 1251L);
        assertThat(store.renewals.get(0)).extracting(HeldToken::key).containsExactlyInAnyOrder("orders", "along");
        assertThat(store.renewals.get(1)).extracting(HeldToken::key).containsExactly("later");
    }

    @Test
    void leasesOfDifferentTimesAreRenewedInRequestsOfTheirOwn() {
        Kept.alive(lock.acquire(Duration.ZERO));
        Kept.alive(engine.getOrCreateLock("short", LockSettings.cluster().leaseTime(Duration.ofMillis(2700)))
                .acquire(Duration.ZERO));
        store.time.advance(Duration.ofMillis(900));
        assertThat(sent()).containsExactly(900L, 900L);
        assertThat(store.renewals).extracting(each -> each.get(0).key()).containsExactlyInAnyOrder("orders", "short");
    }

    @Test
    void unansweredRenewalIsRepeatedFasterAsTheEndComesNearer() {
        Kept.alive(lock.acquire(Duration.ZERO));
        store.renew = held -> {
            throw new StoreFailure("broken", true, null);
        };
        store.time.advance(Duration.ofMillis(2500));
        // A quarter of what is left: 1970 ms, 1477 ms and so on, in whole milliseconds.
        assertThat(sent()).containsExactly(1000L, 1493L, 1863L, 2140L, 2348L);
        store.time.advance(Duration.ofMillis(500));
        assertThat(engine.statistics().losses()).isEqualTo(1);
        int before = store.renewals.size();
        store.time.advance(Duration.ofSeconds(5));
        assertThat(store.renewals).as("nothing to renew any more").hasSize(before);
    }

    @Test
    void endOfALeaseIsToldTheMomentItComes() {
        Lease lease = lock.acquire(Duration.ZERO);
        List<LeaseLostException> losses = new ArrayList<>();
        lease.onLost(losses::add);
        store.renew = held -> {
            throw new StoreFailure("broken", true, null);
        };
        store.time.advance(Duration.ofMillis(2969));
        assertThat(losses).isEmpty();
        store.time.advance(Duration.ofMillis(1));
        assertThat(losses).singleElement().satisfies(loss -> {
            assertThat(loss.lockName()).isEqualTo("orders");
            assertThat(loss.fencingToken()).isEqualTo(lease.fencingToken());
            assertThat(loss).hasMessageStartingWith("GUARDED-0201 The lease of lock 'orders' was lost: it ran out");
        });
    }

    @Test
    void lateAnswerNeverShortensALease() {
        Lease lease = lock.acquire(Duration.ZERO);
        store.renew = held -> {
            store.renew = again -> RenewReply.RENEWED;
            store.time.pause(Duration.ofMillis(500));
            lease.renew();
            return RenewReply.RENEWED;
        };
        lease.renew();
        assertThat(lease.remaining()).as("as the second one left it").isEqualTo(Duration.ofMillis(2970));
    }

    @Test
    void renewNowMovesTheNextRenewalBack() {
        Lease lease = lock.acquire(Duration.ZERO);
        store.time.advance(Duration.ofMillis(900));
        lease.renew();
        assertThat(lease.remaining()).isEqualTo(Duration.ofMillis(2970));
        store.time.advance(Duration.ofMillis(1100));
        assertThat(sent()).containsExactly(900L, 1900L);
    }

    @Test
    void renewNowThatFindsTheLockGoneIsALoss() {
        Lease lease = lock.acquire(Duration.ZERO);
        store.renew = held -> RenewReply.LOST;
        assertThatThrownBy(lease::renew)
                .isInstanceOf(LeaseLostException.class)
                .hasMessageContaining("the store has it no longer");
        assertThat(lease.isHeld()).isFalse();
        assertThat(engine.statistics().losses()).isEqualTo(1);
    }

    @Test
    void renewNowThatIsNotAnsweredLeavesTheLeaseAsItWas() {
        Lease lease = lock.acquire(Duration.ZERO);
        store.time.pause(Duration.ofMillis(500));
        store.renew = held -> {
            throw new StoreFailure("broken.", true, null);
        };
        assertThatThrownBy(lease::renew)
                .isInstanceOf(LockStoreException.class)
                .hasMessage("GUARDED-0103 The store gave no usable answer for lock 'orders': broken. The lease keeps"
                        + " the end that it had; try again later.");
        assertThat(lease.remaining()).isEqualTo(Duration.ofMillis(2470));
    }

    @Test
    void renewalStopsWhereItWouldPassMaxHold() {
        LockSettings bounded = LockSettings.cluster().maxHold(Duration.ofSeconds(5));
        Lease lease = engine.getOrCreateLock("bounded", bounded).acquire(Duration.ZERO);
        store.time.advance(Duration.ofMillis(4960));
        assertThat(sent()).as("the last one ends exactly at maxHold").containsExactly(1000L, 2000L);
        assertThat(lease.isHeld()).isTrue();
        store.time.advance(Duration.ofMillis(10));
        assertThat(lease.isHeld()).isFalse();
    }

    private Lease pushed(NamedLock wanted) {
        store.acquire = command -> new AcquireReply.Busy(3000, 5000, false);
        Waiting waiting = Waiting.start(store.time, wanted, Duration.ofMinutes(1));
        store.time.advance(Duration.ofMillis(100));
        store.inbox().granted("orders", store.lastAcquisition().token(), 5001, false);
        return waiting.granted();
    }

    @Test
    void pushedGrantIsConfirmedByARenewalSoon() {
        Lease lease = pushed(lock);
        assertThat(lease.remaining()).as("counted from the command before").isEqualTo(Duration.ofMillis(2870));
        store.time.advance(Duration.ofMillis(100));
        assertThat(sent()).containsExactly(200L);
        assertThat(lease.remaining()).isEqualTo(Duration.ofMillis(2970));
    }

    @Test
    void pushedGrantOfAShortLeaseIsConfirmedWellBeforeItsEnd() {
        Lease lease =
                pushed(engine.getOrCreateLock("short", LockSettings.cluster().leaseTime(Duration.ofMillis(600))));
        store.time.advance(Duration.ofMillis(50));
        assertThat(sent()).containsExactly(150L);
        assertThat(lease.isHeld()).isTrue();
    }

    @Test
    void pushedGrantThatIsGivenBackSoonTakesNoRenewal() {
        Lease lease = pushed(lock);
        store.time.advance(Duration.ofMillis(99));
        lease.close();
        store.time.advance(Duration.ofSeconds(1));
        assertThat(sent()).isEmpty();
    }

    @Test
    void nobodyLooksAtALeaseBeforeSomethingIsDue() {
        Kept.alive(lock.acquire(Duration.ZERO));
        store.time.advance(Cluster.LEASE);
        assertThat(store.time.untilNext()).as("the next renewal").isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void leaseThatIsNotRenewedAnyMoreIsLookedAtWhenItEnds() {
        Kept.alive(engine.getOrCreateLock("fixed", LockSettings.cluster().maxHold(Cluster.LEASE))
                .acquire(Duration.ZERO));
        store.time.advance(Duration.ofMillis(1500));
        assertThat(store.time.untilNext()).isEqualTo(Duration.ofMillis(1470));
    }
}
