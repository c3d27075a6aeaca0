// SPDX-License-Identifier: Apache-2.0
package dev.guarded.testkit.contract;

import dev.guarded.lock.LockManager;

/** Two lock managers that share nothing but the store, as on two machines. */
public interface Cluster extends Site {

    /**
     * Returns the lock manager of one node.
     *
     * @param index 0 or 1
     */
    LockManager node(int index);

    /** Returns the lock manager of node 0. */
    @Override
    default LockManager locks() {
        return node(0);
    }
}
