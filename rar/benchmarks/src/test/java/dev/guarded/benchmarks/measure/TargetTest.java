// SPDX-License-Identifier: Apache-2.0
package dev.guarded.benchmarks.measure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.guarded.benchmarks.measure.Target.Bound;
import dev.guarded.benchmarks.measure.Target.Verdict;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TargetTest {

    @Test
    void theMedianDecidesAndNotTheBestRound() {
        assertThat(Target.atMost("S0", "time", 1.15, Series.of(1.0, 1.2, 1.3)).verdict())
                .isEqualTo(Verdict.MISSED);
        assertThat(Target.atLeast("S0", "rate", 5, Series.of(4, 5, 9)).verdict())
                .isEqualTo(Verdict.MET);
    }

    @Test
    void whatWasNotMeasuredIsNeitherMetNorMissed() {
        assertThat(new Target("S0", "in a server", Bound.AT_MOST, 1.3, Optional.empty()).verdict())
                .isEqualTo(Verdict.ELSEWHERE);
    }
}
