// SPDX-License-Identifier: Apache-2.0
package dev.guarded.arquillian.contracts;

import dev.guarded.lock.LockManager;
import dev.guarded.lock.LockSettings;
import dev.guarded.testkit.contract.Cluster;
import java.util.List;
import javax.naming.InitialContext;
import javax.naming.NamingException;

/** Two connection factories of different configuration: two engines, as on two servers. */
final class ServerCluster implements Cluster {

    // Found at once: the tests' own threads have no naming context.
    private final List<LockManager> nodes =
            List.of(found("java:comp/env/LockManager"), found("java:comp/env/SecondLockManager"));

    @SuppressWarnings("BanJNDI") // constant names
    private static LockManager found(String name) {
        try {
            return InitialContext.doLookup(name);
        } catch (NamingException e) {
            throw new AssertionError(name + " is not bound", e);
        }
    }

    @Override
    public LockManager node(int index) {
        return nodes.get(index);
    }

    @Override
    public LockSettings settings() {
        return LockSettings.cluster();
    }

    @Override
    public void close() {
        // The server keeps its lock managers; every test uses names of its own.
    }
}
