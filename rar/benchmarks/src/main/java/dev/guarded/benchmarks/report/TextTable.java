// SPDX-License-Identifier: Apache-2.0
package dev.guarded.benchmarks.report;

import dev.guarded.benchmarks.measure.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The targets as columns of text. */
public final class TextTable {

    private static final String GAP = "  ";

    private TextTable() {}

    /**
     * Lays out the targets.
     *
     * @param targets which
     * @return lines, with a heading
     */
    public static String of(List<Target> targets) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("id", "what", "target", "measured: median (min..max)", ""));
        for (Target target : targets) {
            rows.add(List.of(
                    target.id(),
                    target.what(),
                    Figures.limit(target),
                    Figures.spread(target.measured()),
                    Figures.verdict(target)));
        }
        int columns = rows.get(0).size();
        int[] widths = IntStream.range(0, columns)
                .map(column -> rows.stream()
                        .mapToInt(row -> row.get(column).length())
                        .max()
                        .orElse(0))
                .toArray();
        return rows.stream()
                .map(row -> IntStream.range(0, columns)
                        .mapToObj(column -> padded(row.get(column), widths[column]))
                        .collect(Collectors.joining(GAP))
                        .stripTrailing())
                .collect(Collectors.joining("\n"));
    }

    private static String padded(String text, int width) {
        return text + " ".repeat(width - text.length());
    }
}
