// SPDX-License-Identifier: Apache-2.0
package dev.guarded.redis.chaos;

/**
 * One round of a worker, from asking for a lock to what became of the lease; moments are of the monotonic clock, and
 * {@link #NEVER} is what did not happen.
 *
 * @param id worker, generation, thread and round
 * @param lock the name
 * @param asked before the lock was asked for
 * @param got after it was granted
 * @param token the fencing token
 * @param deadline the latest end that the lease was seen to have; every sight of it is a moment plus what was left then
 * @param seen the last of those moments
 * @param over the first sight of it as not held any more
 * @param used after the resource had answered the last access
 * @param freeing before it was released
 * @param heldThen whether it was held at that moment
 * @param outcome what the release answered, empty if it did not
 * @param lost when the loss was told
 * @param why what it was told with, empty if it was not
 */
record Hold(
        String id,
        String lock,
        long asked,
        long got,
        long token,
        long deadline,
        long seen,
        long over,
        long used,
        long freeing,
        boolean heldThen,
        String outcome,
        long lost,
        String why) {

    static final long NEVER = Long.MAX_VALUE;

    /** How a lease ended that the store had no longer although its time was not over. */
    static final String GONE = "gone";

    static final String NOT_OWNER = "NOT_OWNER";

    boolean granted() {
        return got != NEVER;
    }

    /**
     * Returns until when it was certainly believed in, and rightly so unless the store broke its word. That is the
     * beginning of the release, because the store frees the lock before it has answered; or the deadline, also of a
     * worker that was stopped or killed and released nothing; or the last sight of it, if the store took it away.
     */
    long definiteEnd() {
        if (heldThen) {
            return freeing;
        }
        return Math.min(Math.min(lost, freeing), why.equals(GONE) ? seen : deadline);
    }

    /** Returns the end of its critical section: the last access, or the grant if there was none. */
    long criticalEnd() {
        return used == NEVER ? got : used;
    }

    /** Tells whether its owner had lost it, whoever noticed. */
    boolean wasLost() {
        return over != NEVER || lost != NEVER || outcome.equals(NOT_OWNER) || (freeing != NEVER && !heldThen);
    }
}
