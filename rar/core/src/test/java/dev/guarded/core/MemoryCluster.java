// SPDX-License-Identifier: Apache-2.0
package dev.guarded.core;

import dev.guarded.core.spi.Inbox;
import dev.guarded.core.spi.Surroundings;
import dev.guarded.core.spi.Ticker;
import dev.guarded.lock.LockManager;
import dev.guarded.lock.LockSettings;
import dev.guarded.testkit.contract.FaultyCluster;
import java.util.List;

/** Two engines that share a store in memory, in real time. */
final class MemoryCluster implements FaultyCluster {

    private final MemoryStore store = new MemoryStore(Ticker.SYSTEM);
    private final List<Node> nodes = List.of(new Node(store, "node-0"), new Node(store, "node-1"));

    private record Node(MemoryNode store, RealTime scheduler, LockEngine engine) {

        Node(MemoryStore store, String name) {
            this(new MemoryNode(store), new RealTime(), name);
        }

        private Node(MemoryNode store, RealTime scheduler, String name) {
            this(
                    store,
                    scheduler,
                    LockEngine.open(
                            EngineSettings.defaults(name), store, scheduler, Ticker.SYSTEM, Surroundings.PLAIN));
        }

        void close() {
            engine.close();
            scheduler.close();
        }
    }

    @Override
    public LockManager node(int index) {
        return nodes.get(index).engine();
    }

    @Override
    public LockSettings settings() {
        return LockSettings.cluster();
    }

    @Override
    public void cutOff(int node) {
        nodes.get(node).store().cut();
    }

    @Override
    public void reconnect(int node) {
        MemoryNode store = nodes.get(node).store();
        store.mend();
        store.deliver(Inbox::hearingAgain);
    }

    @Override
    public void stop(int node) {
        nodes.get(node).close();
    }

    @Override
    public void loseData() {
        store.loseEverything();
    }

    @Override
    public void close() {
        nodes.forEach(Node::close);
    }
}
