// SPDX-License-Identifier: Apache-2.0
package dev.guarded.benchmarks.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.guarded.benchmarks.measure.OverlapException;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SharedSectionTest {

    @TempDir
    Path folder;

    private SharedSection one;
    private SharedSection two;

    @BeforeEach
    void mapOneFileTwice() throws IOException {
        one = new SharedSection(folder.resolve("section"));
        two = new SharedSection(folder.resolve("section"));
    }

    @Test
    void twoSidesInsideAtOnceAreFound() {
        one.enter(1);
        two.enter(2);
        one.leave();
        two.leave();

        assertThatThrownBy(() -> one.check("somebody", 2))
                .isInstanceOf(OverlapException.class)
                .hasMessageContaining("two JVMs held the lock at once");
    }

    @Test
    void oneAfterTheOtherIsAHandOverThatTakesTime() {
        assertThat(one.enter(1)).as("nobody had it before").isEqualTo(-1);
        one.leave();
        assertThat(one.enter(1)).as("it had it itself").isEqualTo(-1);
        one.leave();
        assertThat(two.enter(2)).as("handed over").isNotNegative();
        two.leave();

        assertThat(one.changes()).isEqualTo(1);
        assertThatCode(() -> one.check("somebody", 3)).doesNotThrowAnyException();
    }

    @Test
    void afterAResetNothingIsLeft() {
        one.enter(1);
        two.enter(2);
        one.reset();

        assertThatCode(() -> two.check("somebody", 0)).doesNotThrowAnyException();
        assertThat(two.changes()).isZero();
    }
}
