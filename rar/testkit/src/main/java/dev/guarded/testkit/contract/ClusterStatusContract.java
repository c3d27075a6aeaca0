// SPDX-License-Identifier: Apache-2.0
package dev.guarded.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.guarded.lock.Lease;
import dev.guarded.lock.LockSettings;
import dev.guarded.lock.NamedLock;
import dev.guarded.lock.ReleaseOutcome;
import dev.guarded.testkit.Proves;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Every node sees what the others hold, and can take it from them. */
public abstract class ClusterStatusContract extends Contract<FaultyCluster> {

    private NamedLock on(int node) {
        return site().node(node).getOrCreateLock(name(), settings());
    }

    @Test
    @Proves("#36")
    void aLockOfAnotherNodeIsListedThoughItIsNotRegisteredHere() {
        Lease held = elsewhere(() -> on(0).acquire(PATIENCE));
        assertThat(site().node(1).getLock(name())).isEmpty();
        assertThat(site().node(1).listHeld())
                .filteredOn(status -> status.name().equals(name()))
                .singleElement()
                .satisfies(status -> assertThat(status.holder()).hasValueSatisfying(holder -> {
                    assertThat(holder.fencingToken()).isEqualTo(held.fencingToken());
                    assertThat(holder.node()).isNotEmpty();
                    assertThat(holder.leaseLeft()).isPositive();
                }));
    }

    @Test
    @Proves({"law 3", "law 7"})
    void aNodeWhoseLockWasTakenHearsOfItLongBeforeItsNextRenewal() {
        LockSettings longLived = settings().leaseTime(Duration.ofMinutes(10));
        NamedLock there = site().node(0).getOrCreateLock(name(), longLived);
        NamedLock here = site().node(1).getOrCreateLock(name(), longLived);
        Lease held = elsewhere(() -> there.acquire(PATIENCE));
        Losses losses = Losses.of(held);
        // What a node hears it hears from its first wait on; a holder that never waited learns with its renewal.
        eventually()
                .until(() ->
                        here.forceRelease(here.status().holder().orElseThrow().fencingToken())
                                == ReleaseOutcome.RELEASED);
        losses.awaitNews();
        assertThat(held.isHeld()).isFalse();
        assertFree(here);
    }

    @Test
    void readersOfBothNodesAreShown() {
        Lease here = elsewhere(() -> on(0).readLock().acquire(PATIENCE));
        Lease there = elsewhere(() -> on(1).readLock().acquire(PATIENCE));
        for (int node = 0; node < 2; node++) {
            assertThat(on(node).status().holders())
                    .extracting(holder -> holder.fencingToken())
                    .containsExactlyInAnyOrder(here.fencingToken(), there.fencingToken());
        }
    }
}
