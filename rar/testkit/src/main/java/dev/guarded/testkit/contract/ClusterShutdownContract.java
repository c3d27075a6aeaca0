// SPDX-License-Identifier: Apache-2.0
package dev.guarded.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.guarded.lock.Lease;
import dev.guarded.lock.LockException;
import dev.guarded.lock.NamedLock;
import dev.guarded.testkit.Proves;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** A node that is stopped frees what it holds and leaves the queues it waits in; the others need not wait for a lease. */
public abstract class ClusterShutdownContract extends Contract<FaultyCluster> {

    @Test
    @Proves({"#23", "law 5", "law 14"})
    void aStoppedNodeFreesItsLocks() {
        Lease lease = lockOn(0).acquire(PATIENCE);
        Lease detached = lockOn(0, "-detached").acquire(PATIENCE).detach();
        Caller<Lease> waiter = startWaiting(lockOn(1));
        site().stop(0);
        assertThat(waiter.result().isHeld()).isTrue();
        assertFree(lockOn(1, "-detached"));
        assertThat(lease.isHeld()).isFalse();
        assertThat(detached.isHeld()).isFalse();
        lease.close();
        assertTaken(lockOn(1));
    }

    @Test
    @Proves({"#23", "#30", "law 5"})
    void aStoppedNodeLeavesTheQueuesItWaitsIn() {
        Lease held = lockOn(1).acquire(PATIENCE);
        Caller<Lease> waiter = startWaiting(lockOn(0));
        awaitWaiters(lockOn(1), 1);
        site().stop(0);
        assertThat(waiter.failure()).isInstanceOf(LockException.class);
        held.release();
        assertFree(lockOn(1));
    }

    @Test
    @Proves({"#23", "law 13"})
    void aNodeThatIsCutOffStopsAllTheSame() {
        CompletableFuture<Lease> waiting;
        Lease lease = lockOn(0).acquire(PATIENCE);
        waiting = lockOn(0).acquireAsync(PATIENCE).toCompletableFuture();
        site().cutOff(0);
        Caller<Boolean> stopping = start(() -> {
            site().stop(0);
            return true;
        });
        assertThat(stopping.result()).isTrue();
        eventually().until(waiting::isCompletedExceptionally);
        assertThat(lease.isHeld()).isFalse();
    }

    private NamedLock lockOn(int node) {
        return lockOn(node, "");
    }

    private NamedLock lockOn(int node, String suffix) {
        return site().node(node).getOrCreateLock(name() + suffix, site().settings());
    }
}
