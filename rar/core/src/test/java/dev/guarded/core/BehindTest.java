// SPDX-License-Identifier: Apache-2.0
package dev.guarded.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.guarded.lock.LockStoreException;
import dev.guarded.lock.NamedLock;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Waiters behind one who asks the store for all of them, and who does not fare well. */
class BehindTest {

    private final Cluster cluster = new Cluster();
    private final NamedLock one = cluster.one.getOrCreateLock("orders");

    @Test
    void whoeverIsBehindSomebodyWhoHearsNothingDoesNotTakeItForContention() {
        cluster.wireOne.cut();
        Waiting first = Waiting.start(cluster.time, one, Duration.ofSeconds(30));
        Waiting second = Waiting.start(cluster.time, one, Duration.ofSeconds(2));
        assertThatThrownBy(one::tryAcquire).isInstanceOf(LockStoreException.class);
        cluster.pass(Duration.ofMillis(2100));
        assertThat(second.refused()).isInstanceOf(LockStoreException.class);
        cluster.wireOne.mend();
        cluster.pass(Duration.ofSeconds(2));
        first.granted();
        assertThat(one.tryAcquire()).isEmpty();
    }

    @Test
    void callerWhoDiesOfSomethingUnexpectedLeavesTheLockToTheNext() {
        cluster.wireOne.afterAcquisitionOf("orders", () -> {
            throw new StackOverflowError();
        });
        assertThatThrownBy(() -> one.acquire(Duration.ofMinutes(5))).isInstanceOf(StackOverflowError.class);
        cluster.pass(Duration.ofSeconds(1));
        assertThat(one.tryAcquire()).isPresent();
    }

    @Test
    void interruptedThreadMayLookWhereNobodyHasToWait() {
        Kept.alive(one.acquire(Duration.ZERO));
        Thread.currentThread().interrupt();
        assertThat(cluster.two.getOrCreateLock("orders").isLocked()).isTrue();
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void callWithoutABodyIsRefusedBeforeAnythingIsTaken() {
        int before = cluster.wireOne.commands();
        assertThatThrownBy(() -> one.run(Duration.ZERO, null))
                .isInstanceOf(NullPointerException.class)
                .hasMessage("body");
        assertThatThrownBy(() -> one.tryRun(null)).hasMessage("body");
        assertThatThrownBy(() -> one.call(Duration.ZERO, null)).hasMessage("body");
        assertThatThrownBy(() -> one.callStage(Duration.ZERO, null)).hasMessage("body");
        assertThat(cluster.wireOne.commands()).isEqualTo(before);
    }
}
