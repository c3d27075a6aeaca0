// SPDX-License-Identifier: Apache-2.0
package dev.guarded.lock;

/** What a release did, as far as it can be known. */
public enum ReleaseOutcome {
    /** The lock was this lease's and is free now, or was handed to the next waiter. */
    RELEASED,
    /** The lease had ended before; whoever holds the lock now was not disturbed. */
    NOT_OWNER,
    /**
     * The store gave no answer in time. The release is repeated in the background; the lock is free when that gets
     * through, and at the latest when the lease time has passed.
     */
    UNKNOWN
}
