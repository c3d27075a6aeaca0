// SPDX-License-Identifier: Apache-2.0
package dev.guarded.benchmarks.measure;

import java.util.Optional;

/**
 * What was promised, and what was measured.
 *
 * @param id the scenario
 * @param what what was promised
 * @param bound on which side of the limit it has to stay
 * @param limit the limit
 * @param measured the rounds, empty if this run cannot measure it
 */
public record Target(String id, String what, Bound bound, double limit, Optional<Series> measured) {

    /** On which side of the limit a figure has to stay. */
    public enum Bound {
        /** No more than the limit. */
        AT_MOST("<="),
        /** No less than the limit. */
        AT_LEAST(">=");

        private final String sign;

        Bound(String sign) {
            this.sign = sign;
        }

        /** {@return the sign as tables show it} */
        public String sign() {
            return sign;
        }
    }

    /** What came of it. */
    public enum Verdict {
        /** The median stays within the limit. */
        MET,
        /** It does not. */
        MISSED,
        /** Not in this run. */
        ELSEWHERE
    }

    /**
     * Makes a target that has an upper limit.
     *
     * @param id the scenario
     * @param what what was promised
     * @param limit the limit
     * @param measured the rounds
     */
    public static Target atMost(String id, String what, double limit, Series measured) {
        return new Target(id, what, Bound.AT_MOST, limit, Optional.of(measured));
    }

    /**
     * Makes a target that has a lower limit.
     *
     * @param id the scenario
     * @param what what was promised
     * @param limit the limit
     * @param measured the rounds
     */
    public static Target atLeast(String id, String what, double limit, Series measured) {
        return new Target(id, what, Bound.AT_LEAST, limit, Optional.of(measured));
    }

    /** {@return whether the median of the rounds keeps the promise} */
    public Verdict verdict() {
        return measured.map(series -> {
                    boolean kept = bound == Bound.AT_MOST ? series.median() <= limit : series.median() >= limit;
                    return kept ? Verdict.MET : Verdict.MISSED;
                })
                .orElse(Verdict.ELSEWHERE);
    }
}
