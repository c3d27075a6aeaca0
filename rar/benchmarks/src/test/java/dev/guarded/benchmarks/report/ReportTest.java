// SPDX-License-Identifier: Apache-2.0
package dev.guarded.benchmarks.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.guarded.benchmarks.measure.Comparison;
import dev.guarded.benchmarks.measure.Measurements;
import dev.guarded.benchmarks.measure.Progress;
import dev.guarded.benchmarks.measure.Rounds;
import dev.guarded.benchmarks.measure.Series;
import dev.guarded.benchmarks.measure.Target;
import dev.guarded.benchmarks.measure.Target.Bound;
import dev.guarded.benchmarks.scenario.Scenario;
import dev.guarded.benchmarks.scenario.Site;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;

class ReportTest {

    private static final Target MET = Target.atMost("S0", "time, x floor", 1.15, Series.of(1.1, 1.05, 1.2));
    private static final Target MISSED = Target.atLeast("S0", "rate <&> x peer", 5, Series.of(2, 3, 4));
    private static final Target ELSEWHERE = new Target("S0", "in a server", Bound.AT_MOST, 1.3, Optional.empty());

    private static Run run(boolean forTheRecord) throws Exception {
        Measurements measured = new Rounds("S0", Progress.SILENT)
                .with("Guarded", () -> Map.of("rate", 30.0))
                .with("Peer", () -> Map.of("rate", 10.0))
                .run(0, 2);
        Comparison comparison = Comparison.of("Two peers", List.of("Guarded", "Peer"))
                .over("rate, x Peer", measured, "rate", "Peer")
                .build();
        Scenario.Outcome outcome =
                new Scenario.Outcome(List.of(MET, MISSED, ELSEWHERE), List.of(comparison), List.of("A note."));
        return new Run(List.of(new Run.Entry(new Nothing(), outcome)), Map.of("Redis", "7.0.15"), forTheRecord);
    }

    @Test
    void theTableShowsLimitMedianExtremesAndVerdict() {
        List<String> lines =
                TextTable.of(List.of(MET, MISSED, ELSEWHERE)).lines().toList();

        assertThat(lines.get(1)).matches("S0 +time, x floor +<= 1\\.15 +1\\.10 \\(1\\.05\\.\\.1\\.20\\) +met");
        assertThat(lines.get(2)).endsWith("3 (2..4)                     MISSED");
        assertThat(lines.get(3)).endsWith("measured elsewhere");
    }

    @Test
    void theReportCountsLossesInItsFirstLine() throws Exception {
        String report = Markdown.of(run(true), "results.svg");

        assertThat(report)
                .contains("1 targets met, 1 missed, 1 not for this run to measure.")
                .contains("| S0 | rate <&> x peer | >= 5 | 3 (2..4) | **missed** |")
                .contains("| Guarded | 3 (3..3) |")
                .contains("- Redis: 7.0.15")
                .doesNotContain("not for the record");
    }

    @Test
    void aPartialRunSaysSo() throws Exception {
        assertThat(Markdown.of(run(false), "results.svg")).contains("not for the record");
    }

    @Test
    void thePlotIsWellFormedAndHasADotForEachMeasuredTarget() throws Exception {
        String svg = Plot.of(List.of(MET, MISSED, ELSEWHERE));

        Document parsed = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(svg.getBytes(StandardCharsets.UTF_8)));
        assertThat(parsed.getElementsByTagName("circle").getLength()).isEqualTo(2);
        assertThat(svg).contains("MISSED");
    }

    @Test
    void goodIsToTheRightOfTheTargetForBothKindsOfLimit() {
        assertThat(Plot.goodness(MET, 1.0)).isGreaterThan(1);
        assertThat(Plot.goodness(MET, 2.0)).isLessThan(1);
        assertThat(Plot.goodness(MISSED, 10)).isEqualTo(2);
        assertThat(Plot.goodness(MISSED, 2.5)).isEqualTo(0.5);
    }

    private static final class Nothing implements Scenario {

        @Override
        public String id() {
            return "S0";
        }

        @Override
        public String title() {
            return "nothing";
        }

        @Override
        public Outcome run(Site site) {
            throw new UnsupportedOperationException();
        }
    }
}
