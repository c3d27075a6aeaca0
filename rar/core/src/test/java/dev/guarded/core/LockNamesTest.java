// SPDX-License-Identifier: Apache-2.0
package dev.guarded.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.guarded.testkit.Proves;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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

    @ParameterizedTest
    @CsvSource({
        "a\u0007b, 'has the control character U+0007 at index 1'",
        "'\u0007', 'has the control character U+0007 at index 0'",
        "ab\u009F, 'has the control character U+009F at index 2'",
        "x\uD83D, 'has the lone surrogate U+D83D at index 1'",
        "\uDE00x, 'has the lone surrogate U+DE00 at index 0'",
        "\uD83Dx, 'has the lone surrogate U+D83D at index 0'",
        "\uD83D\uDE00\uDE00, 'has the lone surrogate U+DE00 at index 2'",
    })
    void refusalOfANameTellsWhichCharacterAndWhere(String name, String what) {
        assertThatThrownBy(() -> LockNames.check("lock name", name)).hasMessageContaining(what);
    }

    @Test
    void refusalOfALongNameShowsItsBeginning() {
        assertThat(LockNames.check("lock name", "x".repeat(512))).hasSize(512);
        assertThatThrownBy(() -> LockNames.check("lock name", "x".repeat(513)))
                .hasMessage("GUARDED-0003 The lock name has 513 bytes of UTF-8; it must have 1 to 512. It begins '"
                        + "x".repeat(64) + "'. Use a shorter name or a digest of it.");
        assertThatThrownBy(() -> LockNames.check("lock name", "y".repeat(200) + '\n'))
                .hasMessageContaining("'" + "y".repeat(128) + "'")
                .hasMessageContaining("U+000A at index 200");
    }
}
