// SPDX-License-Identifier: Apache-2.0
package dev.guarded.benchmarks.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.guarded.benchmarks.measure.Progress;
import dev.guarded.testkit.RealRedis;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A whole scenario runs with all its peers; what it measures in so short a time means nothing. */
class SmokeTest {

    @Test
    void sixteenThreadsOfEveryPeerUseSixteenLocks() throws Exception {
        Site site = new Site(RealRedis.shared(), Site.Scale.TINY, Progress.SILENT);

        Scenario.Outcome outcome = new ManyLocks().run(site);

        assertThat(outcome.targets())
                .hasSize(2)
                .allSatisfy(target ->
                        assertThat(target.measured().orElseThrow().median()).isPositive());
        assertThat(outcome.comparisons())
                .singleElement()
                .satisfies(comparison -> assertThat(comparison.rows())
                        .hasSize(6)
                        .allSatisfy(row -> assertThat(row.cells()).doesNotContain(Optional.empty())));
    }
}
