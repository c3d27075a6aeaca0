// SPDX-License-Identifier: Apache-2.0
package dev.guarded.benchmarks.peer;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;

/** The JDK's lock, one for each name. */
final class JdkPeer implements Peer {

    private final Map<String, ReentrantLock> locks = new ConcurrentHashMap<>();
    private final boolean fair;

    JdkPeer(boolean fair) {
        this.fair = fair;
    }

    @Override
    public PeerLock lock(String lockName) {
        return PeerLock.of(locks.computeIfAbsent(lockName, n -> new ReentrantLock(fair)));
    }

    @Override
    public void close() {
        locks.clear();
    }
}
