// SPDX-License-Identifier: Apache-2.0
package dev.guarded.benchmarks.measure;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RoundsTest {

    private final List<String> turns = new ArrayList<>();

    private Rounds rounds() {
        Rounds rounds = new Rounds("S0", Progress.SILENT);
        for (String peer : List.of("a", "b", "c")) {
            rounds.with(peer, () -> {
                turns.add(peer);
                return Map.of("turn", (double) turns.size());
            });
        }
        return rounds;
    }

    @Test
    void eachRoundGivesEverybodyATurnAndBeginsWithAnother() throws Exception {
        rounds().run(0, 3);

        assertThat(turns).containsExactly("a", "b", "c", "b", "c", "a", "c", "a", "b");
    }

    @Test
    void whatHappensWhileWarmingUpIsNotMeasured() throws Exception {
        Measurements measured = rounds().run(2, 1);

        assertThat(measured.of("turn", "a").rounds()).isEqualTo(1);
        assertThat(measured.of("turn", "a").min()).isGreaterThan(6);
    }
}
