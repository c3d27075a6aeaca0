// SPDX-License-Identifier: Apache-2.0
package dev.guarded.redis;

import dev.guarded.core.CloseableLockManager;
import dev.guarded.core.EngineSettings;
import dev.guarded.core.LockEngine;
import dev.guarded.core.spi.LockStore;
import dev.guarded.core.spi.Surroundings;
import dev.guarded.core.spi.Ticker;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;

/** Lock managers as {@link RedisLockManagers} opens them, with other time-outs, or a store that does something wrong. */
public final class OpenedStores {

    private OpenedStores() {}

    /** Opens a lock manager whose connections and commands wait that long. */
    public static CloseableLockManager open(String uri, String namespace, Duration timeout) {
        return open(RedisTarget.parse(uri).withTimeouts(timeout, timeout), namespace, store -> store);
    }

    /** Opens a lock manager on the store that is made of the real one. */
    public static CloseableLockManager open(String uri, String namespace, UnaryOperator<LockStore> madeOf) {
        return open(RedisTarget.parse(uri), namespace, madeOf);
    }

    private static CloseableLockManager open(RedisTarget target, String namespace, UnaryOperator<LockStore> madeOf) {
        PlainScheduler scheduler = new PlainScheduler();
        SmallPool pool = new SmallPool(target);
        RedisLockStore store = new RedisLockStore(namespace, pool, () -> target, scheduler, () -> {
            pool.close();
            scheduler.close();
        });
        return LockEngine.open(
                EngineSettings.defaults("node"), madeOf.apply(store), scheduler, Ticker.SYSTEM, Surroundings.PLAIN);
    }

    /** Returns the key of a lock's value. */
    public static String keyOf(String namespace, String lock) {
        List<String> all = new Keys(namespace).all(lock);
        return all.get(0);
    }
}
