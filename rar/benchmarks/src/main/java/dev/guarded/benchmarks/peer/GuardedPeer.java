// SPDX-License-Identifier: Apache-2.0
package dev.guarded.benchmarks.peer;

import dev.guarded.core.CloseableLockManager;
import dev.guarded.core.EngineSettings;
import dev.guarded.lock.LockSettings;
import dev.guarded.lock.NamedLock;
import dev.guarded.redis.RedisLockManagers;
import java.time.Duration;

/** Guarded on plain Java, with the engine's defaults. */
public final class GuardedPeer implements Peer {

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final CloseableLockManager locks;
    private final LockSettings settings;

    private GuardedPeer(CloseableLockManager locks, LockSettings settings) {
        this.locks = locks;
        this.settings = settings;
    }

    /**
     * Opens an engine of its own.
     *
     * @param port the port of 127.0.0.1 where Redis is
     * @param namespace what its keys begin with
     * @param settings the locks' settings
     */
    public static GuardedPeer open(int port, String namespace, LockSettings settings) {
        EngineSettings defaults =
                EngineSettings.defaults("bench-" + ProcessHandle.current().pid());
        return new GuardedPeer(RedisLockManagers.open("redis://127.0.0.1:" + port, defaults, namespace), settings);
    }

    @Override
    public PeerLock lock(String lockName) {
        NamedLock lock = locks.getOrCreateLock(lockName, settings);
        return () -> lock.acquire(PATIENCE)::close;
    }

    @Override
    public void close() {
        locks.close();
    }
}
