// SPDX-License-Identifier: Apache-2.0
package dev.guarded.redis.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.guarded.redis.chaos.Nemesis.Harm;
import dev.guarded.testkit.Proves;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Five JVMs of two threads, two locks, one Redis, and a resource that checks tokens on read and write. The system
 * properties {@code guarded.chaos.seconds} and {@code guarded.chaos.seed} make it longer, and repeat what was done.
 */
@Timeout(value = 1, unit = TimeUnit.HOURS)
class FiveNodesTest {

    private static final int NODES = 5;
    private static final Duration LEASE = Duration.ofSeconds(1);
    private static final Duration TIME = Duration.ofSeconds(Integer.getInteger("guarded.chaos.seconds", 15));
    private static final long SEED =
            Long.getLong("guarded.chaos.seed", ThreadLocalRandom.current().nextLong(1_000_000));

    @Test
    @Proves({"law 1", "law 11"})
    void nothingIsLostAndNothingRefusedWhereNothingGoesWrong() {
        Duration longer = LEASE.multipliedBy(5);
        Findings findings = run("calm", TIME.dividedBy(3), longer, Set.of());
        assertThat(findings.violations()).isEmpty();
        assertThat((Integer) findings.figure("grants")).isGreaterThan(NODES);
    }

    @Test
    @Proves({"law 1", "law 3", "law 5", "law 7", "law 11"})
    void neverTwoHoldersThoughProcessesStopAndDieAndConnectionsBreak() {
        Findings findings = run("no-data-loss", TIME, LEASE, EnumSet.complementOf(EnumSet.of(Harm.RESTART)));
        assertThat(findings.violations()).isEmpty();
        assertThat((Integer) findings.figure("grants")).isGreaterThan(NODES);
        assertThat(findings.figure("K1 early grants after a loss of data")).isEqualTo(0);
    }

    @Test
    @Proves({"law 1", "law 11"})
    void noUpdateIsLostThoughProcessesStopAndRedisLosesItsData() {
        Findings findings = run("data-loss", TIME, LEASE, EnumSet.allOf(Harm.class));
        assertThat(findings.violations()).isEmpty();
        assertThat((Integer) findings.figure("K4 updates")).isGreaterThan(NODES);
    }

    private static Findings run(String name, Duration time, Duration lease, Set<Harm> harm) {
        return new Run(name, NODES, time, lease, harm, Mutant.NONE, SEED).whole();
    }
}
