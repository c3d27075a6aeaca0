// SPDX-License-Identifier: Apache-2.0
package dev.guarded.connector;

import dev.guarded.lock.LockSettings;
import java.time.Duration;

/**
 * For what a bean stands, read and found good.
 *
 * @param role what is to be led
 * @param leaseTime how long the others wait for a leader that died
 * @param retryPause how long to stay out of elections after a term or a failure
 */
record Candidacy(String role, Duration leaseTime, Duration retryPause) {

    /** As long as a lock can be held: a term ends by something happening, not by age. */
    private static final Duration LONGEST_TERM = Duration.ofDays(365);

    String lockName() {
        return "leader:" + role;
    }

    LockSettings settings() {
        return LockSettings.defaults().leaseTime(leaseTime).maxHold(LONGEST_TERM);
    }

    /** Returns how long before the end of its lease a leader is told: time for the news to arrive. */
    Duration notice() {
        return leaseTime.dividedBy(10);
    }
}
