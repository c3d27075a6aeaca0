// SPDX-License-Identifier: Apache-2.0
package dev.guarded.benchmarks.report;

import dev.guarded.benchmarks.measure.Comparison;
import dev.guarded.benchmarks.measure.Target;
import dev.guarded.benchmarks.measure.Target.Verdict;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The report that is kept. */
public final class Markdown {

    private static final String HOW =
            "Every peer runs in the same JVM (S4 and S5: in the same two), in rounds: each round gives each peer one slice,"
                    + " beginning with another peer than the round before. A ratio is made within a round; the tables show"
                    + " the median of the rounds and their extremes. In every contended scenario two holders at once would"
                    + " have ended the run.";

    private Markdown() {}

    /**
     * Writes the report.
     *
     * @param run what it is about
     * @param plot the file name of the plot beside it
     */
    public static String of(Run run, String plot) {
        StringBuilder text = new StringBuilder("# Results\n\n");
        text.append(run.count(Verdict.MET)).append(" targets met, ");
        text.append(run.count(Verdict.MISSED)).append(" missed");
        long elsewhere = run.count(Verdict.ELSEWHERE);
        text.append(elsewhere == 0 ? "" : ", " + elsewhere + " not for this run to measure")
                .append(".");
        text.append(run.forTheRecord() ? "" : " **A partial or quick run: not for the record.**");
        text.append("\n\n![](").append(plot).append(")\n\n## Targets\n\n");
        row(text, List.of("id", "what", "target", "measured: median (min..max)", ""));
        rule(text, 5);
        for (Target target : run.targets()) {
            String verdict = Figures.verdict(target);
            row(
                    text,
                    List.of(
                            target.id(),
                            target.what(),
                            Figures.limit(target),
                            Figures.spread(target.measured()),
                            target.verdict() == Verdict.MISSED ? "**missed**" : verdict));
        }
        text.append("\n## Peers beside each other\n");
        run.scenarios().forEach(entry -> scenario(text, entry));
        text.append("\n## How\n\n").append(HOW).append("\n\n");
        run.surroundings()
                .forEach((what, value) -> text.append("- ")
                        .append(what)
                        .append(": ")
                        .append(value)
                        .append("\n"));
        return text.toString();
    }

    private static void scenario(StringBuilder text, Run.Entry entry) {
        text.append("\n### ")
                .append(entry.scenario().id())
                .append(": ")
                .append(entry.scenario().title())
                .append("\n\n");
        for (Comparison comparison : entry.outcome().comparisons()) {
            row(
                    text,
                    Stream.concat(Stream.of(comparison.title()), comparison.columns().stream())
                            .toList());
            rule(text, comparison.columns().size() + 1);
            for (Comparison.Row peer : comparison.rows()) {
                row(
                        text,
                        Stream.concat(
                                        Stream.of(peer.peer()),
                                        peer.cells().stream().map(Figures::spread))
                                .toList());
            }
            text.append("\n");
        }
        entry.outcome().notes().forEach(note -> text.append(note).append("\n"));
    }

    private static void row(StringBuilder text, List<String> cells) {
        text.append(cells.stream().collect(Collectors.joining(" | ", "| ", " |\n")));
    }

    private static void rule(StringBuilder text, int columns) {
        text.append(String.join("", Collections.nCopies(columns, "|---"))).append("|\n");
    }
}
