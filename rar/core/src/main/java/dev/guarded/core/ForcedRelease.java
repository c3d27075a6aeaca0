// SPDX-License-Identifier: Apache-2.0
package dev.guarded.core;

import dev.guarded.core.spi.ReleaseReply;
import dev.guarded.core.spi.StoreFailure;
import dev.guarded.core.spi.StoredLock;
import dev.guarded.lock.Reach;
import dev.guarded.lock.ReleaseOutcome;

/** Takes a lock from the holder that somebody was shown, and from no other. */
final class ForcedRelease {

    private static final String BY_FORCE = "it was freed by force";

    private final LockQueue queue;
    private final ClusterReach cluster;

    ForcedRelease(LockQueue queue, ClusterReach cluster) {
        this.queue = queue;
        this.cluster = cluster;
    }

    /**
     * Takes the lock away.
     *
     * @throws dev.guarded.core.spi.StoreFailure if the store did not answer
     */
    ReleaseOutcome from(long fencingToken) {
        for (EngineLease own : queue.heldNow()) {
            if (own.fencingToken() == fencingToken) {
                return known(queue.endings().takenAway(own, BY_FORCE));
            }
        }
        return queue.key.reach() == Reach.LOCAL ? ReleaseOutcome.NOT_OWNER : fromAnotherNode(fencingToken);
    }

    private static ReleaseOutcome known(ReleaseOutcome outcome) {
        if (outcome == ReleaseOutcome.UNKNOWN) {
            throw new StoreFailure("the lease has ended, and its release was not answered; it is repeated", true, null);
        }
        return outcome;
    }

    private ReleaseOutcome fromAnotherNode(long fencingToken) {
        String key = queue.key.key();
        for (StoredLock.Grant grant : cluster.inspect(key).holders()) {
            boolean shown = grant.fence() == fencingToken / StoreHold.LEASES_A_FENCE
                    && !grant.token().isEmpty();
            // What this node holds is known above, lease by lease.
            if (shown && cluster.tokens().hold(grant.token()) == null) {
                // The store compares the token again: between the two commands the lock may have changed hands.
                ReleaseReply reply = cluster.forceRelease(key, grant.token());
                return reply == ReleaseReply.RELEASED || reply == ReleaseReply.RESENT_AND_GONE
                        ? ReleaseOutcome.RELEASED
                        : ReleaseOutcome.NOT_OWNER;
            }
        }
        return ReleaseOutcome.NOT_OWNER;
    }
}
