// SPDX-License-Identifier: Apache-2.0
package dev.guarded.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.guarded.lock.Lease;
import dev.guarded.lock.LeaseLostException;
import dev.guarded.lock.LockSettings;
import dev.guarded.lock.NamedLock;
import dev.guarded.lock.Reach;
import dev.guarded.lock.ReleaseOutcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a thread is told of a lease that it lost, and for how long. */
class LostLeaseTest {

    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final Cluster cluster = new Cluster();
    private final NamedLock lock = cluster.one.getOrCreateLock("orders");
    private final List<LeaseLostException> losses = new ArrayList<>();

    private Lease lost(String name) {
        Lease lease = cluster.one.acquire(name);
        cluster.store.lose(name);
        cluster.pass(Cluster.LEASE);
        assertThat(lease.isHeld()).isFalse();
        return lease;
    }

    private void isTold(String name) {
        assertThatThrownBy(() -> cluster.one.requireHeld(name)).isInstanceOf(LeaseLostException.class);
    }

    private void isNotTold(String name) {
        assertThatThrownBy(() -> cluster.one.requireHeld(name)).hasMessageStartingWith("GUARDED-0106");
    }

    @Test
    void threadIsToldOfEveryLeaseItLostUntilItClosesIt() {
        Lease orders = lost("orders");
        Lease invoices = lost("invoices");
        isTold("orders");
        isTold("invoices");
        isNotTold("another");
        orders.close();
        isNotTold("orders");
        isTold("invoices");
        assertThat(invoices.release()).isEqualTo(ReleaseOutcome.NOT_OWNER);
        isNotTold("invoices");
    }

    @Test
    void threadThatStartsAnewHasDoneWithItsLoss() {
        Lease before = lost("orders");
        try (Lease anew = lock.acquire()) {
            assertThat(cluster.one.requireHeld("orders").fencingToken()).isEqualTo(anew.fencingToken());
        }
        isNotTold("orders");
        before.close();
        isNotTold("orders");
    }

    @Test
    void leaseThatBelongedToNoThreadIsNobodysLoss() {
        lock.acquire().detach();
        CompletableFuture<Lease> stage =
                cluster.one.getOrCreateLock("stage").acquireAsync(MINUTE).toCompletableFuture();
        cluster.time.advance(Duration.ZERO);
        stage.join().onLost(losses::add);
        cluster.store.loseEverything();
        cluster.pass(Cluster.LEASE);
        assertThat(stage.join().isHeld()).isFalse();
        assertThat(losses).hasSize(1);
        isNotTold("orders");
        isNotTold("stage");
    }

    @Test
    void leaseThatIsDetachedAfterItsLossIsForgotten() {
        lost("orders").detach();
        isNotTold("orders");
    }

    @Test
    void lossIsAnotherThreadsOnly() {
        Lease lease = lost("orders");
        Waiting other = Waiting.start(cluster.time, lock, MINUTE);
        other.granted().close();
        isTold("orders");
        lease.close();
    }

    @Test
    void leaseThatIsReleasedAtTheMomentOfItsEndIsLost() {
        Lease lease = lock.acquire();
        lease.onLost(losses::add);
        cluster.time.pause(lease.remaining());
        assertThat(lease.release()).isEqualTo(ReleaseOutcome.NOT_OWNER);
        cluster.pass(Duration.ofMillis(50));
        assertThat(losses).hasSize(1);
        assertThat(cluster.one.statistics().losses()).isEqualTo(1);
        assertThat(cluster.one.statistics().releases()).isZero();
    }

    @Test
    void leaseThatIsReleasedJustBeforeItsEndIsNot() {
        Lease lease = lock.acquire();
        lease.onLost(losses::add);
        cluster.time.pause(lease.remaining().minusNanos(1));
        assertThat(lease.release()).isEqualTo(ReleaseOutcome.RELEASED);
        cluster.pass(Duration.ofMillis(50));
        assertThat(losses).isEmpty();
    }

    @Test
    void handedOverLeaseThatEndsBeforeItsWaitersTurnWasNeverTheWaiters() {
        Lease first = lock.acquire();
        CompletableFuture<Lease> second = lock.acquireAsync(MINUTE).toCompletableFuture();
        CompletableFuture<Lease> third = lock.acquireAsync(MINUTE).toCompletableFuture();
        cluster.time.advance(Duration.ofMillis(5));
        first.close();
        cluster.time.pause(Cluster.LEASE);
        Lease there = cluster.two.acquire("orders", Duration.ZERO);
        cluster.time.advance(Duration.ofMillis(5));
        assertThat(second).isNotDone();
        assertThat(lock.status().waiters()).as("in line again").isEqualTo(2);
        there.close();
        cluster.time.advance(Duration.ofMillis(5));
        assertThat(second.join().isHeld()).as("before who came after it").isTrue();
        assertThat(third).isNotDone();
    }

    @Test
    void handedOverLocalLeaseThatEndsBeforeItsWaitersTurnIsGrantedAnew() {
        NamedLock local = cluster.one.getOrCreateLock(
                "local", LockSettings.local().leaseTime(MINUTE).maxHold(MINUTE));
        Lease first = local.acquire();
        CompletableFuture<Lease> second =
                local.acquireAsync(MINUTE.multipliedBy(9)).toCompletableFuture();
        cluster.time.advance(Duration.ofMillis(5));
        first.close();
        cluster.time.pause(MINUTE);
        cluster.time.advance(Duration.ofMillis(5));
        assertThat(second.join().isHeld()).isTrue();
        assertThat(second.join().fencingToken()).isGreaterThan(first.fencingToken() + 1);
    }

    @Test
    void leaseShowsWhatItIs() {
        Lease lease = lock.acquire();
        assertThat(lease).hasToString("lease of 'orders', token " + lease.fencingToken() + ", held");
        lease.close();
        assertThat(lease).hasToString("lease of 'orders', token " + lease.fencingToken() + ", ended");
        assertThatThrownBy(lease::renew)
                .isInstanceOf(LeaseLostException.class)
                .hasMessageContaining("it was released before");
    }

    @ParameterizedTest
    @EnumSource(Reach.class)
    void leaseWhoseEndNobodyHasNoticedStandsInNobodysWay(Reach reach) {
        NamedLock bounded = cluster.one.getOrCreateLock(
                "bounded",
                LockSettings.defaults().reach(reach).leaseTime(MINUTE).maxHold(MINUTE));
        bounded.acquire().detach().onLost(losses::add);
        cluster.time.pause(MINUTE);
        assertThat(bounded.tryAcquire()).isPresent();
        cluster.time.advance(Duration.ZERO);
        assertThat(losses).hasSize(1);
    }

    @Test
    void everyLocalReaderIsToldOfItsEndTheMomentItComes() {
        NamedLock reading = cluster.one
                .getOrCreateLock("read", LockSettings.local().leaseTime(MINUTE).maxHold(MINUTE))
                .readLock();
        Lease first = reading.acquire().detach();
        cluster.time.advance(Duration.ofSeconds(1));
        Lease second = reading.acquire().detach();
        first.onLost(losses::add);
        second.onLost(losses::add);
        assertThat(reading.status().holders()).hasSize(2);
        cluster.time.advance(Duration.ofSeconds(59));
        cluster.time.advance(Duration.ZERO);
        assertThat(losses).extracting(LeaseLostException::fencingToken).containsExactly(first.fencingToken());
        cluster.time.advance(Duration.ofSeconds(1));
        cluster.time.advance(Duration.ZERO);
        assertThat(losses)
                .extracting(LeaseLostException::fencingToken)
                .containsExactly(first.fencingToken(), second.fencingToken());
    }

    @Test
    void readerWhoseTimeIsOverIsNotShownAsAHolder() {
        NamedLock reading = cluster.one
                .getOrCreateLock("read", LockSettings.local().leaseTime(MINUTE).maxHold(MINUTE))
                .readLock();
        reading.acquire().detach();
        cluster.time.pause(MINUTE);
        assertThat(reading.status().holders()).isEmpty();
    }
}
