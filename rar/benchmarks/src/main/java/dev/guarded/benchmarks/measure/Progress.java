// SPDX-License-Identifier: Apache-2.0
package dev.guarded.benchmarks.measure;

/** Told how far a run is. */
public interface Progress {

    /** Tells nobody. */
    Progress SILENT = (scenario, text) -> {};

    /**
     * Something is about to happen.
     *
     * @param scenario where
     * @param text what
     */
    void step(String scenario, String text);

    /**
     * A round begins.
     *
     * @param scenario of what
     * @param round which, from 1; 0 while warming up
     * @param rounds of how many
     */
    default void round(String scenario, int round, int rounds) {
        step(scenario, round == 0 ? "warms up" : "round " + round + " of " + rounds);
    }
}
