// SPDX-License-Identifier: Apache-2.0
package dev.guarded.redis;

import dev.guarded.core.CloseableLockManager;
import dev.guarded.lock.LockManager;
import dev.guarded.lock.LockSettings;
import dev.guarded.testkit.FaultyProxy;
import dev.guarded.testkit.RealRedis;
import dev.guarded.testkit.contract.FaultyCluster;
import java.util.List;

/** Two lock managers on one real Redis, each behind a proxy of its own. */
final class RedisCluster implements FaultyCluster {

    private final List<Node> nodes = List.of(new Node(), new Node());

    private record Node(FaultyProxy proxy, CloseableLockManager locks) {

        Node() {
            this(FaultyProxy.to(RealRedis.shared().port()));
        }

        private Node(FaultyProxy proxy) {
            this(proxy, RedisLockManagers.open(proxy.uri()));
        }

        void close() {
            locks.close();
            proxy.close();
        }
    }

    /** Returns what stands between a node and the server. */
    FaultyProxy proxy(int node) {
        return nodes.get(node).proxy();
    }

    @Override
    public LockManager node(int index) {
        return nodes.get(index).locks();
    }

    @Override
    public LockSettings settings() {
        return LockSettings.cluster();
    }

    @Override
    public void cutOff(int node) {
        nodes.get(node).proxy().cutOff();
    }

    @Override
    public void reconnect(int node) {
        nodes.get(node).proxy().restore();
    }

    @Override
    public void stop(int node) {
        nodes.get(node).locks().close();
    }

    @Override
    public void loseData() {
        RealRedis.shared().restart();
    }

    @Override
    public void close() {
        nodes.forEach(Node::close);
    }
}
