// SPDX-License-Identifier: Apache-2.0
package dev.guarded.benchmarks.measure;

import java.util.Arrays;
import java.util.function.DoubleBinaryOperator;
import java.util.stream.IntStream;

/** One value for each round, in the order of the rounds; never empty. */
public final class Series {

    private final double[] values;

    private Series(double[] values) {
        if (values.length == 0) {
            throw new IllegalArgumentException("a series needs a round");
        }
        this.values = values;
    }

    /**
     * Makes a series.
     *
     * @param values one value for each round, at least one
     */
    public static Series of(double... values) {
        return new Series(values.clone());
    }

    /**
     * Returns this series in relation to another of the same rounds, round by round.
     *
     * @param other what it is divided by
     */
    public Series over(Series other) {
        return combined(other, (mine, theirs) -> mine / theirs);
    }

    /**
     * Returns how much this series is more than another of the same rounds, round by round.
     *
     * @param other what is taken away
     */
    public Series minus(Series other) {
        return combined(other, (mine, theirs) -> mine - theirs);
    }

    private Series combined(Series other, DoubleBinaryOperator operator) {
        if (values.length != other.values.length) {
            throw new IllegalArgumentException(values.length + " rounds beside " + other.values.length);
        }
        return new Series(IntStream.range(0, values.length)
                .mapToDouble(round -> operator.applyAsDouble(values[round], other.values[round]))
                .toArray());
    }

    /** {@return the value in the middle, or between the two in the middle} */
    public double median() {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int half = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
    }

    /** {@return the smallest value} */
    public double min() {
        return Arrays.stream(values).min().orElseThrow();
    }

    /** {@return the greatest value} */
    public double max() {
        return Arrays.stream(values).max().orElseThrow();
    }

    /** {@return how many rounds there were} */
    public int rounds() {
        return values.length;
    }

    @Override
    public String toString() {
        return Arrays.toString(values);
    }
}
