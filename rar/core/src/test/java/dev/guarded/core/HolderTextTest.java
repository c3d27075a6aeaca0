// SPDX-License-Identifier: Apache-2.0
package dev.guarded.core;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How holders name themselves in the store, and what is made of whatever stands there. */
class HolderTextTest {

    @ParameterizedTest
    @CsvSource({
        "plain-text_1.~!, plain-text_1.~!",
        "'a b', a%20b",
        "a%b, a%25b",
        "a|b, a%7Cb",
        "a:b, a%3Ab",
        "'a\"b', a%22b",
        "\u007F, %7F",
        "'\u0007', %07",
        "é, %C3%A9",
        "\uD83D\uDE00, %F0%9F%98%80",
    })
    void whatIsNotPlainIsPercentEncoded(String text, String encoded) {
        assertThat(HolderText.encode(text)).isEqualTo(encoded);
        assertThat(HolderText.parts(encoded + "||").get(0)).isEqualTo(text);
    }

    @Test
    void partsAreCutToSixtyFourCharacters() {
        assertThat(HolderText.encode("x".repeat(64))).hasSize(64);
        assertThat(HolderText.encode("x".repeat(63) + "yz")).isEqualTo("x".repeat(63) + "y");
    }

    @Test
    void whatIsMissingIsEmpty() {
        assertThat(HolderText.parts("")).containsExactly("", "", "");
        assertThat(HolderText.parts("n")).containsExactly("n", "", "");
        assertThat(HolderText.parts("n|a")).containsExactly("n", "a", "");
        assertThat(HolderText.parts("n|a|t|more")).containsExactly("n", "a", "t");
    }

    @ParameterizedTest
    @ValueSource(strings = {"%", "a%", "%4", "%G1", "%1G", "100%!"})
    void percentThatEncodesNothingStandsForItself(String text) {
        assertThat(HolderText.parts(text).get(0)).isEqualTo(text);
    }

    @Test
    void textOfAnotherProgramIsShownWithoutWhatCannotBeShown() {
        assertThat(HolderText.parts("a\u007Fé|%41%7A|~").get(0)).isEqualTo("a??");
        assertThat(HolderText.parts("a\u007Fé|%41%7A|~").get(1)).isEqualTo("Az");
        assertThat(HolderText.parts("a\u007Fé|%41%7A|~").get(2)).isEqualTo("~");
    }
}
