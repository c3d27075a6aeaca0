// SPDX-License-Identifier: Apache-2.0
package dev.guarded.benchmarks.report;

import dev.guarded.benchmarks.measure.Series;
import dev.guarded.benchmarks.measure.Target;
import java.util.Locale;
import java.util.Optional;

/** How numbers are written. */
final class Figures {

    private Figures() {}

    /** Writes a number with three digits that matter. */
    static String number(double value) {
        double size = Math.abs(value);
        if (Double.isNaN(value) || Double.isInfinite(value)) {
            return "-";
        }
        if (size >= 100 || value == Math.rint(value)) {
            return String.format(Locale.ROOT, "%,d", Math.round(value));
        }
        return String.format(Locale.ROOT, size >= 10 ? "%.1f" : size >= 0.1 ? "%.2f" : "%.3f", value);
    }

    /** Writes a median and, if there was more than one round, the extremes. */
    static String spread(Series series) {
        String median = number(series.median());
        return series.rounds() == 1 ? median : median + " (" + number(series.min()) + ".." + number(series.max()) + ")";
    }

    static String spread(Optional<Series> series) {
        return series.map(Figures::spread).orElse("-");
    }

    static String limit(Target target) {
        return target.bound().sign() + " " + number(target.limit());
    }

    static String verdict(Target target) {
        return switch (target.verdict()) {
            case MET -> "met";
            case MISSED -> "MISSED";
            case ELSEWHERE -> "measured elsewhere";
        };
    }
}
