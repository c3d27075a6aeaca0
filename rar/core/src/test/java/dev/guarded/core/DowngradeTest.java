// SPDX-License-Identifier: Apache-2.0
package dev.guarded.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.guarded.lock.Lease;
import dev.guarded.lock.LeaseLostException;
import dev.guarded.lock.LockStoreException;
import dev.guarded.lock.NamedLock;
import dev.guarded.testkit.Proves;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class DowngradeTest {

    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private final Cluster cluster = new Cluster();
    private final NamedLock one = cluster.one.getOrCreateLock("orders");
    private final NamedLock two = cluster.two.getOrCreateLock("orders");

    @Test
    @Proves("law 1")
    void rightThatMayBeSharedSinceAnUnansweredDowngradeIsNotHandedOver() {
        Lease first = one.acquire(Duration.ZERO);
        Waiting writer = Waiting.start(cluster.time, one, PATIENCE);
        Waiting reader = Waiting.start(cluster.time, two.readLock(), PATIENCE);
        cluster.wireOne.loseReplies(1);
        assertThatThrownBy(first::downgrade)
                .isInstanceOf(LockStoreException.class)
                .hasMessageEndingWith("The lease keeps the end that it had; try again later.");
        assertThat(reader.granted().isHeld()).isTrue();
        first.close();
        cluster.pass(Duration.ofMillis(200));
        writer.stillWaits();
        reader.granted().close();
        assertThat(writer.granted().isHeld()).isTrue();
    }

    @Test
    void downgradeLastsAWholeLeaseTimeFromItsSend() {
        Lease lease = one.acquire(Duration.ZERO);
        cluster.time.pause(Duration.ofMillis(2500));
        lease.downgrade();
        assertThat(lease.remaining()).isBetween(Duration.ofMillis(2900), Cluster.LEASE);
        cluster.pass(Duration.ofSeconds(10));
        assertThat(lease.isHeld()).isTrue();
    }

    @Test
    void downgradeOfWhatTheStoreHasNoLongerIsALoss() {
        Lease lease = one.acquire(Duration.ZERO);
        cluster.store.lose("orders");
        Lease next = two.acquire(Duration.ZERO);
        assertThatThrownBy(lease::downgrade).isInstanceOf(LeaseLostException.class);
        assertThat(lease.isHeld()).isFalse();
        assertThat(next.isHeld()).isTrue();
    }
}
