// SPDX-License-Identifier: Apache-2.0
package dev.guarded.core;

import dev.guarded.core.spi.Inbox;
import dev.guarded.core.spi.LockStore;
import java.time.Duration;

/** A store in memory under manual time, for another room that holds a real one to the same behaviour. */
public final class MemoryStores {

    private final ManualTime time = new ManualTime();
    private final MemoryStore store = new MemoryStore(time);

    /** Returns a connection to the store whose inbox hears what a node is told. */
    public LockStore listening(String node, Inbox inbox) {
        LockStore connection = new MemoryNode(store);
        connection.listen(node, inbox);
        return connection;
    }

    /** Lets time pass for the store. */
    public void pass(Duration duration) {
        time.pause(duration);
    }
}
