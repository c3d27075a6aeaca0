// SPDX-License-Identifier: Apache-2.0
package dev.guarded.core;

import dev.guarded.core.spi.Sharing;
import dev.guarded.lock.Reach;
import java.time.Duration;

/**
 * What makes two names one lock, with the times that all its leases share.
 *
 * @param reach how far it excludes
 * @param key the store's name for it
 * @param leaseTime how long a grant lasts unrenewed
 * @param maxHold how long one lease is renewed
 * @param permits how many leases may live at once
 * @param barging whether the order of arrival may be passed over
 */
record StoreKey(Reach reach, String key, Duration leaseTime, Duration maxHold, int permits, boolean barging) {

    private static final long LEAST_MARGIN = 10_000_000;

    /** Returns how long a grant may be relied upon: the lease time less a margin for drift and rounding. */
    long usableNanos() {
        long lease = leaseTime.toNanos();
        return lease - marginNanos();
    }

    /** Returns the margin: one hundredth of the lease time, 10 ms at least. */
    long marginNanos() {
        return Math.max(LEAST_MARGIN, leaseTime.toNanos() / 100);
    }

    /** Returns the time between two signs of life, a third of the lease time. */
    long refreshNanos() {
        return leaseTime.toNanos() / 3;
    }

    /** Tells whether a lease is too short-lived for its right to be passed on or renewed. */
    boolean fixed() {
        return maxHold.minus(leaseTime).toNanos() < refreshNanos();
    }

    /** Returns how a lease of the lock itself, not of its reading side, shares it. */
    Sharing sharing() {
        return permits == 1 ? Sharing.ALONE : new Sharing(permits);
    }

    /** Returns the key without its times: what decides whether two locks exclude each other. */
    Identity identity() {
        return new Identity(reach, key);
    }

    /** A key of one reach. */
    record Identity(Reach reach, String key) {}
}
