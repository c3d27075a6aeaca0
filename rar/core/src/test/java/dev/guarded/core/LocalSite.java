// SPDX-License-Identifier: Apache-2.0
package dev.guarded.core;

import dev.guarded.core.spi.Surroundings;
import dev.guarded.core.spi.Ticker;
import dev.guarded.lock.LockManager;
import dev.guarded.lock.LockSettings;
import dev.guarded.lock.Reach;
import dev.guarded.testkit.contract.Site;
import java.time.Duration;

/** One engine whose locks of reach LOCAL are tried; its store is cut off, because they need none. */
final class LocalSite implements Site {

    private final RealTime scheduler = new RealTime();
    private final LockEngine engine =
            LockEngine.open(settingsAlone(), noStore(), scheduler, Ticker.SYSTEM, Surroundings.PLAIN);

    @Override
    public LockManager locks() {
        return engine;
    }

    @Override
    public LockSettings settings() {
        return LockSettings.local();
    }

    @Override
    public void close() {
        engine.close();
        scheduler.close();
    }

    private static EngineSettings settingsAlone() {
        Duration half = Duration.ofSeconds(30);
        return new EngineSettings("alone", Reach.LOCAL, half, half, Duration.ofHours(1), 20);
    }

    private static MemoryNode noStore() {
        MemoryNode store = new MemoryNode(new MemoryStore(Ticker.SYSTEM));
        store.cut();
        return store;
    }
}
