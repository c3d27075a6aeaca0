// SPDX-License-Identifier: Apache-2.0
package dev.guarded.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.guarded.testkit.Proves;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Names are data: whatever they contain, each has keys of its own. */
class KeysTest {

    private static final String ODD = "a:{}*?[]% %7B\"'\\é\u0301𝒳|\u00a0.-_~/@+=,";

    @Test
    @Proves({"#11", "law 16"})
    void theKeysOfALockAreInOneSlot() {
        assertThat(new Keys("guarded").all("merchant:7"))
                .containsExactly(
                        "guarded:{merchant%3A7}:l",
                        "guarded:{merchant%3A7}:q",
                        "guarded:{merchant%3A7}:w",
                        "guarded:{merchant%3A7}:f",
                        "guarded:{merchant%3A7}:x",
                        "guarded:{merchant%3A7}:s");
        assertThat(new Keys("guarded").inbox("c0ffee")).isEqualTo("guarded:inbox:c0ffee");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"plain", "a b", "{x}", "100%", "%25", "%", "%4", "%zz", "e\u0301", "é", "𝒳", "a|b", "*?[]"})
    @Proves("law 16")
    void escapingCanBeUndone(String name) {
        String escaped = Keys.escape(name);
        assertThat(escaped).matches("[A-Za-z0-9_.~/@+=,%-]+");
        assertThat(Keys.unescape(escaped)).isEqualTo(name);
    }

    @Test
    @Proves("law 16")
    void noTwoNamesShareAKey() {
        Random random = new Random(7);
        Map<String, String> seen = new HashMap<>();
        for (int i = 0; i < 100_000; i++) {
            String name = odd(random);
            String key = new Keys("ns").lock(name);
            String other = seen.putIfAbsent(key, name);
            assertThat(other == null || other.equals(name))
                    .as("'%s' and '%s' at %s", name, other, key)
                    .isTrue();
            assertThat(key).startsWith("ns:{").endsWith("}:l");
            assertThat(key.substring(4, key.length() - 3)).doesNotContain("{", "}", ":", "*", "?", "[", "]", " ");
            assertThat(Keys.unescape(Keys.escape(name))).isEqualTo(name);
        }
    }

    private static String odd(Random random) {
        int[] points = ODD.codePoints().toArray();
        StringBuilder name = new StringBuilder();
        for (int length = 1 + random.nextInt(6); length > 0; length--) {
            name.appendCodePoint(points[random.nextInt(points.length)]);
        }
        return name.toString();
    }

    @Test
    @Proves({"E9", "M14", "law 16"})
    void noNamespaceReachesIntoAnother() {
        assertThat(new Keys("a:{b}").lock("c")).isEqualTo("a%3A%7Bb%7D:{c}:l");
        assertThat(List.of(new Keys("a").lock("b:{c}"), new Keys("a:{b").lock("c}"), new Keys("a:{b:").lock("c")))
                .doesNotHaveDuplicates();
    }

    @Test
    void aNamespaceMustBeThere() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Keys(" "))
                .withMessageContaining("GUARDED-0310")
                .withMessageContaining("1 to 128");
        assertThatIllegalArgumentException().isThrownBy(() -> new Keys("n".repeat(129)));
    }
}
