// SPDX-License-Identifier: Apache-2.0
package dev.guarded.cdi;

/**
 * What becomes of a call whose lock others hold. It answers contention only: a store that does not answer always
 * throws, whatever is written here.
 */
public enum OnTimeout {
    /** The call throws {@link GuardedNotGrantedException}; the method has not run. */
    THROW,
    /**
     * The call returns null, zero or false for a primitive result, a completed stage of null where a stage is returned;
     * the method has not run. Does not wait at all, unless a timeout is written.
     */
    SKIP,
    /** The method runs without its lock, and a warning says so. For work that is only wasteful when done twice. */
    RUN_UNGUARDED
}
