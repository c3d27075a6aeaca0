// SPDX-License-Identifier: Apache-2.0
package dev.guarded.benchmarks.measure;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/**
 * Runs slices in turn, round after round. Each round begins with another slice than the one before, so that nobody
 * always follows the same neighbour.
 */
public final class Rounds {

    private final String scenario;
    private final Progress progress;
    private final List<Slice> slices = new ArrayList<>();

    /** What one peer does in one round. */
    @FunctionalInterface
    public interface Body {

        /**
         * Does it.
         *
         * @return what was measured, by name
         */
        Map<String, Double> run() throws Exception;
    }

    private record Slice(String peer, Body body) {}

    /**
     * Creates rounds without slices.
     *
     * @param scenario what the progress calls it
     * @param progress told of each round
     */
    public Rounds(String scenario, Progress progress) {
        this.scenario = scenario;
        this.progress = progress;
    }

    /**
     * Adds a slice to each round.
     *
     * @param peer who is measured
     * @param body what is measured
     */
    public Rounds with(String peer, Body body) {
        slices.add(new Slice(peer, body));
        return this;
    }

    /**
     * Runs all slices in turn.
     *
     * @param warmUps rounds that are not measured
     * @param rounds rounds that are
     */
    public Measurements run(int warmUps, int rounds) throws Exception {
        Measurements measured = new Measurements();
        for (int round = -warmUps; round < rounds; round++) {
            progress.round(scenario, round < 0 ? 0 : round + 1, rounds);
            List<Slice> turn = new ArrayList<>(slices);
            Collections.rotate(turn, -(round + warmUps) % slices.size());
            for (Slice slice : turn) {
                Map<String, Double> sample = slice.body().run();
                if (round >= 0) {
                    measured.add(slice.peer(), sample);
                }
            }
        }
        return measured;
    }
}
