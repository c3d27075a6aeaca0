// SPDX-License-Identifier: Apache-2.0
package dev.guarded.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.guarded.benchmarks.scenario.Scenario;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class OptionsTest {

    private static final Folders FOLDERS = new Folders(Path.of("/house/rar/benchmarks/target"));

    @Test
    void withoutArgumentsEverythingRuns() {
        assertThat(Options.of().scenarios())
                .extracting(Scenario::id)
                .containsExactly("S1", "S2", "S3", "S4", "S5", "S6", "S7", "L");
    }

    @Test
    void namedScenariosRunInTheUsualOrderWhateverTheirCase() {
        assertThat(Options.of("l", "s3", "--quick").scenarios())
                .extracting(Scenario::id)
                .containsExactly("S3", "L");
    }

    @Test
    void aScenarioThatDoesNotExistIsRefusedWithThoseThatDo() {
        assertThatThrownBy(() -> Options.of("S9"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'S9'")
                .hasMessageContaining("S1 S2 S3 S4 S5 S6 S7 L");
    }

    @Test
    void theHelpNamesEveryScenario() {
        assertThat(Options.of("--help").help()).isTrue();
        assertThat(Scenario.all())
                .allSatisfy(scenario ->
                        assertThat(Options.usage()).contains(scenario.id()).contains(scenario.title()));
    }

    @Test
    void onlyAFullRunReplacesTheResultsThatAreKept() {
        assertThat(FOLDERS.forResults(Options.of())).isEqualTo(Path.of("/house/rar/benchmarks"));
        assertThat(FOLDERS.forResults(Options.of("S1"))).isEqualTo(FOLDERS.target());
        assertThat(FOLDERS.forResults(Options.of("--quick"))).isEqualTo(FOLDERS.target());
    }
}
