// SPDX-License-Identifier: Apache-2.0
package dev.guarded.lock;

/**
 * A term of leadership: the time from an election to its end. It is told to a {@link LeadershipListener}, and may be
 * kept and asked by any thread, also after its end.
 */
public interface Leadership {

    /** {@return the role, as the listener's activation names it} */
    String role();

    /**
     * Returns the fencing token of this term: it rises strictly with every term of the role, across nodes and restarts.
     * Give it to whatever the leader writes to, and let that refuse a token lower than the highest it has seen.
     *
     * @return the token, the same for the whole term
     */
    long fencingToken();

    /**
     * Tells whether the term still lasts. By the monotonic clock of this JVM, false at least a tenth of the lease time
     * before the store could let another node be elected, and at the first instruction after the JVM was paused for
     * longer. A leader that works in a loop asks before each step.
     *
     * @return true while the term lasts; once false, never true again
     */
    boolean isLeader();
}
