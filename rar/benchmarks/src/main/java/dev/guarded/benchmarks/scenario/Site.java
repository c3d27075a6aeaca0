// SPDX-License-Identifier: Apache-2.0
package dev.guarded.benchmarks.scenario;

import dev.guarded.benchmarks.measure.Progress;
import dev.guarded.testkit.RealRedis;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Where a scenario runs, and how thoroughly.
 *
 * @param redis the server
 * @param scale how thoroughly
 * @param progress told how far it is
 */
public record Site(RealRedis redis, Scale scale, Progress progress) {

    private static final AtomicLong NAMES = new AtomicLong();

    /** How thoroughly to measure. */
    public enum Scale {
        /** For the record. */
        FULL(1),
        /** For a look: a few rounds, short slices. */
        QUICK(5),
        /** For the tests of this module: it only shows that a scenario runs. */
        TINY(50);

        private final int divisor;

        Scale(int divisor) {
            this.divisor = divisor;
        }
    }

    int rounds(int full) {
        return Math.max(scale == Scale.TINY ? 1 : Math.min(full, 3), full / scale.divisor);
    }

    int count(int full) {
        return Math.max(10, full / scale.divisor);
    }

    Duration slice(Duration full) {
        Duration shorter = full.dividedBy(Math.min(scale.divisor, 8));
        return shorter.toMillis() < 20 ? Duration.ofMillis(20) : shorter;
    }

    int port() {
        return redis.port();
    }

    /** Returns a name that was not used before in this JVM. */
    String freshName(String scenario) {
        return scenario + "-" + ProcessHandle.current().pid() + "-" + NAMES.incrementAndGet();
    }
}
