// SPDX-License-Identifier: Apache-2.0
package dev.guarded.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.guarded.lock.Lease;
import dev.guarded.lock.LockSettings;
import dev.guarded.lock.NamedLock;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Which rights go on inside a JVM, and which go back to the store first. */
class HandOverLimitsTest {

    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final ScriptedStore store = new ScriptedStore();
    private final LockEngine engine = store.engine();

    private CompletableFuture<Lease> waiting(NamedLock lock) {
        CompletableFuture<Lease> stage = lock.acquireAsync(MINUTE).toCompletableFuture();
        store.time.advance(Duration.ZERO);
        return stage;
    }

    private boolean handedOver(LockSettings settings, Duration held) {
        NamedLock lock = engine.getOrCreateLock("orders", settings);
        Lease first = lock.acquire(Duration.ZERO).detach();
        CompletableFuture<Lease> second = waiting(lock);
        store.time.pause(held);
        int before = store.releases.size();
        first.close();
        store.time.advance(Duration.ZERO);
        assertThat(second.join().isHeld()).isTrue();
        return store.releases.size() == before;
    }

    @Test
    void rightGoesOnWhileMoreThanATenthOfItsLeaseTimeIsLeft() {
        assertThat(handedOver(LockSettings.cluster(), Duration.ofMillis(2669))).isTrue();
    }

    @Test
    void rightWithATenthOfItsLeaseTimeGoesBack() {
        assertThat(handedOver(LockSettings.cluster(), Duration.ofMillis(2670))).isFalse();
    }

    @Test
    void rightWhoseLeasesAreNotRenewedGoesBack() {
        assertThat(handedOver(LockSettings.cluster().maxHold(Cluster.LEASE), Duration.ofMillis(1)))
                .isFalse();
    }

    @Test
    void rightGoesBackWhenItsFenceHasNoRoomForAFurtherLease() {
        NamedLock lock = engine.getOrCreateLock("orders");
        Lease lease = lock.acquire(Duration.ZERO).detach();
        long fence = lease.fencingToken() / StoreHold.LEASES_A_FENCE;
        for (int i = 1; i < StoreHold.LEASES_A_FENCE; i++) {
            lease = next(lock, lease);
            assertThat(lease.fencingToken()).isEqualTo(fence * StoreHold.LEASES_A_FENCE + i);
        }
        assertThat(store.releases).isEmpty();
        assertThat(next(lock, lease).fencingToken()).isEqualTo((fence + 1) * StoreHold.LEASES_A_FENCE);
        assertThat(store.releases).hasSize(1);
    }

    private Lease next(NamedLock lock, Lease lease) {
        CompletableFuture<Lease> waiting = waiting(lock);
        lease.close();
        store.time.advance(Duration.ZERO);
        return waiting.join();
    }

    @Test
    void eachHeirHasMaxHoldToItself() {
        NamedLock lock = engine.getOrCreateLock("orders", LockSettings.cluster().maxHold(Duration.ofSeconds(10)));
        Lease first = lock.acquire(Duration.ZERO).detach();
        CompletableFuture<Lease> second = waiting(lock);
        store.time.advance(Duration.ofSeconds(6));
        first.close();
        store.time.advance(Duration.ofSeconds(8));
        assertThat(second.join().isHeld()).isTrue();
        store.time.advance(Duration.ofSeconds(2));
        assertThat(second.join().isHeld()).isFalse();
    }

    @Test
    void readerAndWriterDoNotInheritFromEachOther() {
        NamedLock lock = engine.getOrCreateLock("orders");
        Lease writing = lock.acquire(Duration.ZERO).detach();
        CompletableFuture<Lease> reader = waiting(lock.readLock());
        writing.close();
        store.time.advance(Duration.ZERO);
        assertThat(store.releases).hasSize(1);
        CompletableFuture<Lease> writer = waiting(lock);
        assertThat(reader.join().isHeld()).isTrue();
        assertThat(writer).as("the store is asked: it knows the readers").isDone();
    }
}
