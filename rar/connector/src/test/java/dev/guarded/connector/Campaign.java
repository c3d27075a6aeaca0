// SPDX-License-Identifier: Apache-2.0
package dev.guarded.connector;

import dev.guarded.lock.LeadershipListener;
import dev.guarded.lock.LockManager;
import dev.guarded.testkit.TestNaming;
import java.util.ArrayList;
import java.util.List;

/** Some servers of one cluster, each with an adapter and a lock manager, and beans that stand for roles. */
final class Campaign implements AutoCloseable {

    final TestServer server = new TestServer();
    private final List<GuardedResourceAdapter> adapters = new ArrayList<>();

    Campaign() {
        TestNaming.install();
    }

    /** One bean as the server activated it. */
    record Activated(GuardedResourceAdapter adapter, TestBean<LeadershipListener> bean, LeadershipActivationSpec spec) {

        void deactivate() {
            adapter.endpointDeactivation(bean, spec);
        }
    }

    /** Starts an adapter and binds a lock manager under a name that is also its node's. */
    GuardedResourceAdapter node(String name, String uri) throws Exception {
        GuardedResourceAdapter adapter = server.started();
        adapters.add(adapter);
        GuardedManagedConnectionFactory factory = server.factory(adapter, uri);
        factory.setNodeName(name);
        TestNaming.BOUND.put(name, factory.createConnectionFactory(new TestPool()));
        return adapter;
    }

    LockManager locks(String node) {
        return (LockManager) TestNaming.BOUND.get(node);
    }

    static LeadershipActivationSpec spec(String node, String role) {
        LeadershipActivationSpec spec = new LeadershipActivationSpec();
        spec.setLockManager(node);
        spec.setRole(role);
        spec.setLeaseTime("1s");
        spec.setRetryPause("20ms");
        return spec;
    }

    Activated activate(GuardedResourceAdapter adapter, LeadershipActivationSpec spec, LeadershipListener listener)
            throws Exception {
        return activate(adapter, spec, new TestBean<>("bean", LeadershipListener.class, listener));
    }

    Activated activate(GuardedResourceAdapter adapter, LeadershipActivationSpec spec, TestBean<LeadershipListener> bean)
            throws Exception {
        spec.setResourceAdapter(adapter);
        adapter.endpointActivation(bean, spec);
        return new Activated(adapter, bean, spec);
    }

    @Override
    public void close() {
        adapters.forEach(GuardedResourceAdapter::stop);
        server.close();
    }
}
