// SPDX-License-Identifier: Apache-2.0
package dev.guarded.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.guarded.core.spi.Surroundings;
import dev.guarded.core.spi.Ticker;
import dev.guarded.lock.LockSettings;
import dev.guarded.testkit.Proves;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 10, unit = TimeUnit.MINUTES) // seconds, unless the machine has other things to do
class MillionNamesTest {

    private static final int NAMES = 1_000_000;
    private static final int AT_ONCE = 10_000;
    /** Hash tables keep the size they once had; a name that stayed would cost ten times as much. */
    private static final long SLACK = 32L << 20;

    private final MemoryStore store = new MemoryStore(Ticker.SYSTEM);
    private final RealTime scheduler = new RealTime();
    private final LockEngine engine = LockEngine.open(
            EngineSettings.defaults("alone"), new MemoryNode(store), scheduler, Ticker.SYSTEM, Surroundings.PLAIN);

    @AfterEach
    void close() {
        engine.close();
        scheduler.close();
    }

    @Test
    @Proves({"H19", "#15", "law 15"})
    void aMillionLocalNamesLeaveNothing() {
        useDistinct(
                NAMES,
                name -> engine.getOrCreateLock(name, LockSettings.local())
                        .acquire(Duration.ZERO)
                        .close());
    }

    @Test
    @Proves({"H19", "#15", "law 15"})
    void aQuarterOfAMillionOfTheClusterLeavesNothing() {
        useDistinct(NAMES / 4, name -> engine.acquire(name, Duration.ZERO).close());
    }

    private void useDistinct(int names, Consumer<String> use) {
        use(use, "warm-up-", AT_ONCE);
        awaitEmptyRegistry();
        long base = heapInUse();
        use(use, "once-", names);
        awaitEmptyRegistry();
        Awaitility.await().untilAsserted(() -> {
            assertThat(engine.listLocks()).isEmpty();
            assertThat(heapInUse()).isLessThan(base + SLACK);
        });
    }

    private void use(Consumer<String> use, String prefix, int names) {
        for (int i = 0; i < names; i++) {
            use.accept(prefix + i);
            if (i % AT_ONCE == AT_ONCE - 1) {
                store.loseEverything(); // where Redis has times to live
            }
        }
    }

    private void awaitEmptyRegistry() {
        Awaitility.await().untilAsserted(() -> {
            System.gc();
            assertThat(engine.listLocks()).isEmpty();
        });
    }

    private static long heapInUse() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
}
