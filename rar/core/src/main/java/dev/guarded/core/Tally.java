// SPDX-License-Identifier: Apache-2.0
package dev.guarded.core;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Counts what happens to the locks of one key. What happens often is counted under the mutex of their queue, which is
 * held then in any case; the rest by itself.
 */
final class Tally {

    private final AtomicLong notGranted = new AtomicLong();
    private final AtomicLong losses = new AtomicLong();
    private long grants;
    private long waits;
    private long waitNanos;
    private long longestWait;
    private long releases;
    private long holdNanos;
    private long longestHold;

    /** Counts a lease. Called under the mutex. */
    void granted(long waitedNanos) {
        grants++;
        if (waitedNanos > 0) {
            waits++;
            waitNanos += waitedNanos;
            longestWait = Math.max(longestWait, waitedNanos);
        }
    }

    /** Counts the end of a lease by its owner. Called under the mutex. */
    void released(long heldNanos) {
        releases++;
        holdNanos += heldNanos;
        longestHold = Math.max(longestHold, heldNanos);
    }

    void notGranted() {
        notGranted.incrementAndGet();
    }

    void lost() {
        losses.incrementAndGet();
    }

    /** Returns the figures, a moment old for whoever does not hold the mutex while somebody counts. */
    LockStatistics statistics() {
        return new LockStatistics(
                grants,
                waits,
                Duration.ofNanos(waitNanos),
                Duration.ofNanos(longestWait),
                notGranted.get(),
                releases,
                Duration.ofNanos(holdNanos),
                Duration.ofNanos(longestHold),
                losses.get());
    }
}
