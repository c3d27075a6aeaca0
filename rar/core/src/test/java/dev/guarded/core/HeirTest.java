// SPDX-License-Identifier: Apache-2.0
package dev.guarded.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.guarded.lock.Lease;
import dev.guarded.lock.NamedLock;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** A waiter to whom a lease was handed over, which ends before the waiter has had a turn. */
class HeirTest {

    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final Duration A_MOMENT = Duration.ofMillis(10);

    private final Cluster cluster = new Cluster();
    private final NamedLock lock = cluster.one.getOrCreateLock("orders");
    private final NamedLock elsewhere = cluster.two.getOrCreateLock("orders");
    private final Lease first = lock.acquire(Duration.ZERO);

    /** Its turns come only when the scheduler runs, unlike those of a thread. */
    private final CompletableFuture<Lease> heir = lock.acquireAsync(PATIENCE).toCompletableFuture();

    @Test
    void neverHasTheLockBesideTheOneWhoAskedMeanwhile() {
        cluster.time.advance(A_MOMENT);
        Waiting next = Waiting.start(cluster.time, lock, PATIENCE);
        first.close();
        // While the answer to the next one is under way, the heir has its turn.
        cluster.wireOne.afterAcquisitionOf("orders", () -> cluster.time.advance(Duration.ofMillis(1)));
        cluster.time.pause(Cluster.LEASE);
        Lease second = next.granted();
        cluster.time.advance(A_MOMENT);
        assertThat(heir).isNotDone();
        assertThat(second.isHeld()).isTrue();
        second.close();
        cluster.time.advance(A_MOMENT);
        assertThat(heir.join().isHeld()).isTrue();
        assertThat(heir.join().fencingToken()).isGreaterThan(second.fencingToken());
    }

    @Test
    void doesNotWriteOnAGrantThatAReaderAskedFor() {
        cluster.time.advance(A_MOMENT);
        Waiting reader = Waiting.start(cluster.time, lock.readLock(), PATIENCE);
        first.close();
        cluster.time.pause(Cluster.LEASE.dividedBy(2));
        cluster.store.lose("orders");
        Lease writer = elsewhere.acquire(Duration.ZERO);
        // The heir's lease ends; the reader queues at the store, behind the other node's writer; then the heir has its
        // turn.
        cluster.time.pause(Cluster.LEASE.dividedBy(2));
        cluster.time.advance(A_MOMENT);
        writer.close();
        cluster.pass(Duration.ofSeconds(1));
        assertThat(reader.granted().isHeld()).isTrue();
        assertThat(heir).isNotDone();
        reader.granted().close();
        cluster.pass(Duration.ofSeconds(1));
        assertThat(heir.join().isHeld()).isTrue();
    }
}
