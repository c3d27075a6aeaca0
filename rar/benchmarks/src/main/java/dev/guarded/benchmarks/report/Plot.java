// SPDX-License-Identifier: Apache-2.0
package dev.guarded.benchmarks.report;

import dev.guarded.benchmarks.measure.Series;
import dev.guarded.benchmarks.measure.Target;
import dev.guarded.benchmarks.measure.Target.Bound;
import dev.guarded.benchmarks.measure.Target.Verdict;
import java.util.List;
import java.util.Locale;

/**
 * The targets as an SVG: a line for each, on a logarithmic scale of how far it is on the good or the bad side of its
 * limit. The dot is the median, the bar reaches over all rounds.
 */
public final class Plot {

    private static final int LABELS = 400;
    private static final int SCALE = 520;
    private static final int VALUES = 300;
    private static final int ROW = 22;
    private static final int TOP = 56;
    private static final double LARGEST = 10;

    private Plot() {}

    /**
     * Draws the targets.
     *
     * @param targets which; those not measured are left out
     */
    public static String of(List<Target> targets) {
        List<Target> shown =
                targets.stream().filter(target -> target.measured().isPresent()).toList();
        int width = LABELS + SCALE + VALUES;
        int height = TOP + shown.size() * ROW + 20;
        StringBuilder svg = new StringBuilder();
        svg.append("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 " + width + " " + height
                + "\" font-family=\"sans-serif\" font-size=\"13\">\n");
        svg.append("<rect width=\"100%\" height=\"100%\" fill=\"white\"/>\n");
        text(svg, LABELS, 20, "middle", "black", "worse by a factor of");
        text(svg, LABELS + SCALE, 20, "end", "black", "better by a factor of");
        for (double factor : new double[] {1 / LARGEST, 0.5, 1, 2, LARGEST}) {
            double x = x(factor);
            line(svg, x, TOP - 10, x, height - 20, factor == 1 ? "black" : "#ddd", 1);
            double shownAs = factor < 1 ? 1 / factor : factor;
            text(svg, x, TOP - 16, "middle", "black", factor == 1 ? "target" : Figures.number(shownAs));
        }
        for (int i = 0; i < shown.size(); i++) {
            target(svg, shown.get(i), TOP + i * ROW + ROW / 2.0);
        }
        return svg.append("</svg>\n").toString();
    }

    private static void target(StringBuilder svg, Target target, double y) {
        Series series = target.measured().orElseThrow();
        String colour = target.verdict() == Verdict.MET ? "#1a7f37" : "#cf222e";
        text(svg, LABELS - 40, y + 4, "end", "black", target.id() + "  " + target.what());
        line(svg, x(goodness(target, series.min())), y, x(goodness(target, series.max())), y, colour, 3);
        svg.append(String.format(
                Locale.ROOT,
                "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"5\" fill=\"%s\"/>%n",
                x(goodness(target, series.median())),
                y,
                colour));
        String figures = Figures.number(series.median()) + " (" + Figures.limit(target) + ")";
        text(svg, LABELS + SCALE + 30, y + 4, "start", colour, figures + " " + Figures.verdict(target));
    }

    /** Returns how many times better than its limit a figure is; below 1 it is worse. */
    static double goodness(Target target, double value) {
        boolean small = target.bound() == Bound.AT_MOST;
        if (small && value <= 0) {
            return LARGEST;
        }
        return small ? target.limit() / value : value / target.limit();
    }

    private static double x(double factor) {
        double within = Math.max(1 / LARGEST, Math.min(LARGEST, factor));
        return LABELS + SCALE * (Math.log10(within) / Math.log10(LARGEST) + 1) / 2;
    }

    private static void line(
            StringBuilder svg, double x1, double y1, double x2, double y2, String colour, int thickness) {
        svg.append(String.format(
                Locale.ROOT,
                "<line x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\" stroke=\"%s\" stroke-width=\"%d\"/>%n",
                x1,
                y1,
                x2,
                y2,
                colour,
                thickness));
    }

    private static void text(StringBuilder svg, double x, double y, String anchor, String colour, String content) {
        String safe = content.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
        svg.append(String.format(
                Locale.ROOT,
                "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\" fill=\"%s\">%s</text>%n",
                x,
                y,
                anchor,
                colour,
                safe));
    }
}
