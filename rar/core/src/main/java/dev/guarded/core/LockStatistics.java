// SPDX-License-Identifier: Apache-2.0
package dev.guarded.core;

import java.time.Duration;

/**
 * What happened to locks in this JVM since they became known to it. Times are measured on the monotonic clock, in
 * nanoseconds.
 *
 * @param grants how many leases were granted
 * @param waits how many of them were waited for
 * @param totalWait how long these were waited for together
 * @param longestWait the longest of these waits
 * @param notGranted how many acquisitions ended without the lock because it was taken, or their time was up
 * @param releases how many leases were released by their owners
 * @param totalHold how long these had the lock together
 * @param longestHold the longest of these
 * @param losses how many leases were lost
 */
public record LockStatistics(
        long grants,
        long waits,
        Duration totalWait,
        Duration longestWait,
        long notGranted,
        long releases,
        Duration totalHold,
        Duration longestHold,
        long losses) {

    /** Nothing has happened. */
    static final LockStatistics NONE =
            new LockStatistics(0, 0, Duration.ZERO, Duration.ZERO, 0, 0, Duration.ZERO, Duration.ZERO, 0);

    /** Returns what happened here and there together. */
    LockStatistics plus(LockStatistics other) {
        return new LockStatistics(
                grants + other.grants,
                waits + other.waits,
                totalWait.plus(other.totalWait),
                longer(longestWait, other.longestWait),
                notGranted + other.notGranted,
                releases + other.releases,
                totalHold.plus(other.totalHold),
                longer(longestHold, other.longestHold),
                losses + other.losses);
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }
}
