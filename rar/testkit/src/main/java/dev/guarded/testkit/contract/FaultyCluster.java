// SPDX-License-Identifier: Apache-2.0
package dev.guarded.testkit.contract;

/** A cluster whose nodes can be cut off and stopped, and whose store can forget everything. */
public interface FaultyCluster extends Cluster {

    /**
     * Cuts a node off from the store, without a good-bye. To the other node it has crashed: it renews nothing and
     * releases nothing. To itself the store gives no answer.
     *
     * @param node 0 or 1
     */
    void cutOff(int node);

    /**
     * Lets a node that was cut off reach the store again.
     *
     * @param node 0 or 1
     */
    void reconnect(int node);

    /**
     * Stops a node as its operator would: closes its lock manager.
     *
     * @param node 0 or 1
     */
    void stop(int node);

    /** Makes the store forget everything, as a restart without persistence does; it answers again on return. */
    void loseData();
}
