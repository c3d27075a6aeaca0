// SPDX-License-Identifier: Apache-2.0
package dev.guarded.arquillian.contracts;

import dev.guarded.lock.LockManager;
import dev.guarded.lock.LockSettings;
import dev.guarded.testkit.contract.Cluster;
import javax.naming.InitialContext;
import javax.naming.NamingException;

/** Two connection factories of different configuration: two engines, as on two servers. */
final class ServerCluster implements Cluster {

    private static final String[] NAMES = {"java:/eis/LockManager", "java:global/guarded/second"};

    @Override
    @SuppressWarnings("BanJNDI") // constant names
    public LockManager node(int index) {
        try {
            return InitialContext.doLookup(NAMES[index]);
        } catch (NamingException e) {
            throw new AssertionError(NAMES[index] + " is not bound", e);
        }
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
