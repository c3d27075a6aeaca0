// SPDX-License-Identifier: Apache-2.0
package dev.guarded.redis.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.guarded.redis.chaos.Findings.Rule;
import dev.guarded.redis.chaos.Nemesis.Harm;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The checker sees what workers, or the resource, do wrong on purpose: each of the faults that locks are known for. They
 * show by chance, so this belongs to the long form; what the checker sees in a given history is {@link CheckerTest}'s.
 */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
@EnabledIfSystemProperty(named = "guarded.chaos.seconds", matches = "\\d+")
class MutantsTest {

    private static final int NODES = 3;
    private static final Duration LEASE = Duration.ofMillis(600);

    /** Long enough for the rarest of them to show; as a rule it takes a few seconds. */
    private static final Duration LONGEST = Duration.ofSeconds(60);

    static Stream<Arguments> mutants() {
        Set<Harm> pauses = EnumSet.of(Harm.PAUSE);
        Set<Harm> restarts = EnumSet.of(Harm.RESTART);
        return Stream.of(
                arguments(Mutant.RELEASES_ANYBODYS, pauses, EnumSet.of(Rule.ONE_HOLDER, Rule.NOBODY_ROBBED)),
                arguments(Mutant.COUNTS_FROM_LATE_REPLIES, pauses, EnumSet.of(Rule.ONE_HOLDER)),
                arguments(Mutant.COUNTS_TOKENS, restarts, EnumSet.of(Rule.TOKENS_RISE)),
                arguments(Mutant.IGNORES_LOSS, pauses, EnumSet.of(Rule.LOSS_ANNOUNCED)),
                arguments(Mutant.NEVER_ENDS, EnumSet.of(Harm.KILL), EnumSet.of(Rule.GRANTED_AGAIN)),
                arguments(Mutant.CHECKS_WRITES_ONLY, restarts, EnumSet.of(Rule.NO_UPDATE_LOST)));
    }

    @ParameterizedTest
    @MethodSource("mutants")
    void theCheckerSeesThat(Mutant mutant, Set<Harm> harm, Set<Rule> rules) {
        long seed =
                Long.getLong("guarded.chaos.seed", ThreadLocalRandom.current().nextLong(1_000_000));
        Run run = new Run("mutant-" + mutant, NODES, LONGEST, LEASE, harm, mutant, seed);
        assertThat(run.untilViolated(rules).violations()).containsKeys(rules.toArray(new Rule[0]));
    }
}
