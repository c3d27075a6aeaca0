// SPDX-License-Identifier: Apache-2.0
package dev.guarded.core;

import dev.guarded.core.spi.Sharing;
import org.jspecify.annotations.Nullable;

/**
 * Where the rights to a lock of reach CLUSTER come from.
 *
 * @param cluster the way to the store
 * @param key the lock
 */
record StoreSource(ClusterReach cluster, StoreKey key) implements Source {

    @Override
    public @Nullable Hold atOnce() {
        return null;
    }

    @Override
    public Contention ask(LockQueue queue, Sharing sharing) {
        return new StoreContention(cluster, queue, key, sharing);
    }
}
