// SPDX-License-Identifier: Apache-2.0
package dev.guarded.connector;

import dev.guarded.lock.LockManager;
import dev.guarded.lock.LockSettings;
import dev.guarded.testkit.RealRedis;
import dev.guarded.testkit.contract.CleanUpContract;
import dev.guarded.testkit.contract.Cluster;
import dev.guarded.testkit.contract.ClusterExclusionContract;
import dev.guarded.testkit.contract.LeaseRenewalContract;
import dev.guarded.testkit.contract.MutualExclusionContract;
import dev.guarded.testkit.contract.WaitingContract;
import java.util.List;
import org.junit.jupiter.api.Nested;

/** Holds locks to their contracts where a server's pool, works and timers carry them. */
class PooledContractsTest {

    /** Two factories with names of their own, hence two engines that share nothing but the store. */
    private static final class TwoNodes implements Cluster {

        private final TestServer server = new TestServer();
        private final GuardedResourceAdapter adapter;
        private final List<LockManager> nodes;

        TwoNodes() {
            try {
                adapter = server.started();
                nodes = List.of(node("one"), node("two"));
            } catch (Exception e) {
                throw new AssertionError("the adapter does not start", e);
            }
        }

        private LockManager node(String name) throws Exception {
            GuardedManagedConnectionFactory factory =
                    server.factory(adapter, RealRedis.shared().uri());
            factory.setNodeName(name);
            return (LockManager) factory.createConnectionFactory(new TestPool());
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
            adapter.stop();
            server.close();
        }
    }

    @Nested
    class MutualExclusion extends MutualExclusionContract {

        @Override
        protected Cluster open() {
            return new TwoNodes();
        }
    }

    @Nested
    class Waiting extends WaitingContract {

        @Override
        protected Cluster open() {
            return new TwoNodes();
        }
    }

    @Nested
    class LeaseRenewal extends LeaseRenewalContract {

        @Override
        protected Cluster open() {
            return new TwoNodes();
        }
    }

    @Nested
    class CleanUp extends CleanUpContract {

        @Override
        protected Cluster open() {
            return new TwoNodes();
        }
    }

    @Nested
    class ClusterExclusion extends ClusterExclusionContract {

        @Override
        protected Cluster open() {
            return new TwoNodes();
        }
    }
}
