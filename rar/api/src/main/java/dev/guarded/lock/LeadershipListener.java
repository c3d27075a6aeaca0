// SPDX-License-Identifier: Apache-2.0
package dev.guarded.lock;

/**
 * Implemented by a message-driven bean that is to do its work on one node of the cluster at a time. The adapter elects
 * one of all the activated listeners that name the same role, tells it, and elects another when its term is over.
 *
 * <p>Each {@link #elected} that returned normally, or still runs, is followed by one {@link #revoked}.
 */
public interface LeadershipListener {

    /**
     * Tells the listener that it leads. It may start something and return, or work for as long as
     * {@link Leadership#isLeader()}; the term ends with neither. A container-managed transaction surrounds the call
     * where the bean asks for one, and limits its duration.
     *
     * <p>An exception gives the leadership up: the listener is not told again, another may be elected, and this one
     * stands for election again after the retry pause of its activation.
     *
     * @param leadership the term that begins
     */
    void elected(Leadership leadership);

    /**
     * Tells the listener that it leads no longer: its node cannot reach the store any more, somebody freed the role by
     * force, or the bean is being undeployed. The call begins before any other listener is elected, as long as the
     * clocks of node and store run at the same speed within a tenth and the JVM is not paused; what must hold in spite
     * of pauses is the fencing token's. An {@link #elected} that has not returned runs on meanwhile; it is waited for
     * only when the bean is undeployed, for 4 s at most. Exceptions are logged and change nothing.
     *
     * <p>A server may refuse calls to a bean that it undeploys, as WildFly does; then only {@link Leadership#isLeader()}
     * tells of that end, and a {@code @PreDestroy} method may clean up.
     *
     * @param leadership the term that is over
     */
    void revoked(Leadership leadership);
}
