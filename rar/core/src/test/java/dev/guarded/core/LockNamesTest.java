// SPDX-License-Identifier: Apache-2.0
package dev.guarded.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.guarded.testkit.Proves;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LockNamesTest {

    @ParameterizedTest
    @ValueSource(strings = {"a", " ", "order:7", "{b}", "a*?[x]%", "naïve \uD83D\uDE00", "${jndi:x}"})
    void anyOtherTextIsAName(String name) {
        assertThat(LockNames.check("lock name", name)).isEqualTo(name);
    }

    @ParameterizedTest
    @Proves({"C9", "law 16"})
    @ValueSource(strings = {"", "a\nb", "\u0000", "a\u0085", "\uD83D", "x\uDE00y"})
    void refusalNamesTheCharacterAndThePlace(String name) {
        assertThatThrownBy(() -> LockNames.check("lock name", name))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("GUARDED-0003")
                .message()
                .doesNotContain("\n");
    }

    @Test
    @Proves({"E13", "law 16"})
    void lengthIsCountedInBytes() {
        assertThat(LockNames.check("lock name", "é".repeat(256))).hasSize(256);
        assertThatThrownBy(() -> LockNames.check("lock name", "é".repeat(257))).hasMessageContaining("514 bytes");
    }

    @Test
    void holderTextRoundTrips() {
        String text = HolderText.of("node|one", "päy outs", "default task-3");
        assertThat(HolderText.parts(text)).containsExactly("node|one", "päy outs", "default task-3");
        assertThat(text).matches("[!-~]*");
    }
}
