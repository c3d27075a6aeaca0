// SPDX-License-Identifier: Apache-2.0
package dev.guarded.benchmarks.report;

import dev.guarded.benchmarks.measure.Target;
import dev.guarded.benchmarks.scenario.Scenario;
import java.util.List;
import java.util.Map;

/**
 * A whole run.
 *
 * @param scenarios what ran, and what came of it
 * @param surroundings where and how, for the end of the report
 * @param forTheRecord whether it measured everything at full length
 */
public record Run(List<Entry> scenarios, Map<String, String> surroundings, boolean forTheRecord) {

    /**
     * One scenario.
     *
     * @param scenario which
     * @param outcome what came of it
     */
    public record Entry(Scenario scenario, Scenario.Outcome outcome) {}

    /** {@return all targets, in the order of the scenarios} */
    public List<Target> targets() {
        return scenarios.stream()
                .flatMap(entry -> entry.outcome().targets().stream())
                .toList();
    }

    /** {@return how many targets came to that} */
    long count(Target.Verdict verdict) {
        return targets().stream().filter(target -> target.verdict() == verdict).count();
    }
}
