// SPDX-License-Identifier: Apache-2.0
package dev.guarded.redis;

import dev.guarded.core.CloseableLockManager;
import dev.guarded.core.EngineSettings;
import dev.guarded.core.LockEngine;
import dev.guarded.core.spi.Surroundings;
import dev.guarded.core.spi.Ticker;

/** Opens lock managers on plain Java: for unit tests, tools and benchmarks, where no application server is. */
public final class RedisLockManagers {

    private RedisLockManagers() {}

    /**
     * Opens a lock manager with the documented defaults, in the namespace {@code guarded}.
     *
     * @param uri where the Redis server is, see {@link RedisTarget}
     * @return the manager; whoever opens it closes it. Nothing is connected before the first lock is asked for
     * @throws IllegalArgumentException if the URI cannot be used; nothing is opened
     */
    public static CloseableLockManager open(String uri) {
        return open(
                uri,
                EngineSettings.defaults("plain-java-" + ProcessHandle.current().pid()),
                "guarded");
    }

    /**
     * Opens a lock manager.
     *
     * @param uri where the Redis server is, see {@link RedisTarget}
     * @param settings the engine's defaults and limits
     * @param namespace what all keys begin with; two namespaces never meet
     * @return the manager; whoever opens it closes it
     * @throws IllegalArgumentException if the URI cannot be used; nothing is opened
     */
    public static CloseableLockManager open(String uri, EngineSettings settings, String namespace) {
        RedisTarget target = RedisTarget.parse(uri);
        PlainScheduler scheduler = new PlainScheduler();
        SmallPool pool = new SmallPool(target);
        RedisLockStore store = new RedisLockStore(namespace, pool, () -> target, scheduler, () -> {
            pool.close();
            scheduler.close();
        });
        return LockEngine.open(settings, store, scheduler, Ticker.SYSTEM, Surroundings.PLAIN);
    }
}
