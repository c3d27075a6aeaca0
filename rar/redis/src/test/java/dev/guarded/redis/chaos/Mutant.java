// SPDX-License-Identifier: Apache-2.0
package dev.guarded.redis.chaos;

/** What a worker does wrong on purpose, so that it shows whether the checker sees it. */
enum Mutant {
    /** Nothing. */
    NONE,
    /** Releases by deleting the key, whoever's it is by then. */
    RELEASES_ANYBODYS,
    /** Believes in its leases for longer than the store does, as one does who counts from a reply that came late. */
    COUNTS_FROM_LATE_REPLIES,
    /** Takes its tokens from a counter in Redis instead of from the lease. */
    COUNTS_TOKENS,
    /** Neither listens for a loss nor looks whether it has the lock still. */
    IGNORES_LOSS,
    /** Takes the end off its locks, so that they outlive it. */
    NEVER_ENDS,
    /** Not the worker but the resource: looks at tokens when it writes, and not when it reads. */
    CHECKS_WRITES_ONLY
}
