// SPDX-License-Identifier: Apache-2.0
package dev.guarded.redis.chaos;

import dev.guarded.redis.chaos.History.Strike;
import java.time.Duration;
import java.util.List;

/**
 * When the store lost its data, and what that excuses. A lease that the store has forgotten ends a lease time after the
 * server's death at the latest, because no renewal is answered with yes any more; until then, and no longer, it may
 * live beside a new one, and be handed over within its JVM with tokens lower than the new one's. Tokens tell which one
 * is the forgotten one: they count from the server's clock.
 */
final class DataLosses {

    private static final long LEASES_A_FENCE = 1024;

    private final List<Strike> losses;
    private final long lease;

    /** Takes losses whose target is the server's clock at its death, in microseconds since 1970. */
    DataLosses(List<Strike> losses, Duration leaseTime) {
        this.losses = losses;
        this.lease = leaseTime.toNanos();
    }

    /** Tells whether both may live at once because the store has forgotten one of them. */
    boolean excuse(Hold before, Hold after) {
        long older = Math.min(before.token(), after.token()) / LEASES_A_FENCE;
        return losses.stream()
                .anyMatch(loss -> loss.from() <= after.got()
                        && after.got() <= loss.until() + lease
                        && older <= Long.parseLong(loss.target()));
    }

    /** Tells whether the store may have forgotten it by that moment: it was granted before, or handed over since. */
    boolean excuse(Hold hold, long moment) {
        return losses.stream()
                .anyMatch(loss ->
                        loss.from() <= moment && hold.token() / LEASES_A_FENCE <= Long.parseLong(loss.target()));
    }
}
