// SPDX-License-Identifier: Apache-2.0
package dev.guarded.redis.chaos;

import dev.guarded.redis.chaos.Findings.Rule;
import dev.guarded.redis.chaos.Nemesis.Harm;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * One run: so many workers, for so long, with such harm.
 *
 * @param name what to call it, and the directory of its journals
 * @param workers how many JVMs
 * @param time how long harm is done
 * @param lease the lease time
 * @param harm what is done to them
 * @param mutant what the workers, or the resource, do wrong
 * @param seed for everything that is random; it repeats what is done, not how the processes come through
 */
record Run(String name, int workers, Duration time, Duration lease, Set<Harm> harm, Mutant mutant, long seed) {

    private static final System.Logger LOG = System.getLogger("dev.guarded.chaos");

    /** Now and then so long that the lease is renewed meanwhile, and that two lose it to one fault. */
    private static final List<Long> WORK = List.of(1L, 2L, 5L, 10L, 20L, 50L, 100L, 200L, 300L, 450L);

    private static final int LOCKS = 2;
    private static final int THREADS = 2;
    private static final Duration LOOK = Duration.ofSeconds(1);

    /** Does all of it, and returns what the checker found. */
    Findings whole() {
        try (Nodes nodes = start()) {
            long until = Moments.now() + time.toNanos();
            if (harm.isEmpty()) {
                Moments.passUntil(until);
            } else {
                new Nemesis(nodes, seed, lease, harm).rage(until);
                // The last fault has to be survived, too.
                Moments.pass(lease.multipliedBy(2));
            }
            nodes.end();
            return reported(nodes);
        }
    }

    /** Goes on until the rules are violated or the time is over, and returns what was found by then. */
    Findings untilViolated(Set<Rule> rules) {
        try (Nodes nodes = start()) {
            long until = Moments.now() + time.toNanos();
            Nemesis nemesis = new Nemesis(nodes, seed, lease, harm);
            while (Moments.now() < until) {
                nemesis.rage(Moments.now() + LOOK.toNanos());
                if (new Checker(lease)
                        .check(nodes.history())
                        .violations()
                        .keySet()
                        .containsAll(rules)) {
                    break;
                }
            }
            return reported(nodes);
        }
    }

    private Nodes start() {
        LOG.log(System.Logger.Level.INFO, "chaos: {0}", this);
        return new Nodes(name, workers, new Orders("", Path.of(""), 0, 0, lease, LOCKS, THREADS, WORK, seed, mutant));
    }

    private Findings reported(Nodes nodes) {
        Findings findings = new Checker(lease).check(nodes.history());
        StringBuilder text = new StringBuilder(this + System.lineSeparator());
        for (Map<?, ?> part : List.of(findings.figures(), findings.violations())) {
            part.forEach((what, value) ->
                    text.append(what).append(": ").append(value).append(System.lineSeparator()));
        }
        try {
            Files.writeString(nodes.directory().resolve("report.txt"), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        LOG.log(System.Logger.Level.INFO, "{0}", text);
        return findings;
    }
}
