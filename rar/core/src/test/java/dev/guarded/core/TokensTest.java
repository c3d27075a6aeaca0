// SPDX-License-Identifier: Apache-2.0
package dev.guarded.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Under which names a node asks, and what it remembers of them. */
class TokensTest {

    private final Tokens tokens = new Tokens();

    @Test
    void tokenBeginsWithItsNodeAndIsNeverUsedTwice() {
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < 1000; i++) {
            String token = tokens.fresh();
            assertThat(token).matches(tokens.node() + "\\.[0-9a-f]{32}").doesNotEndWith("0".repeat(32));
            assertThat(seen.add(token)).isTrue();
        }
        assertThat(tokens.node()).matches("[0-9a-f]{16}").isNotEqualTo(new Tokens().node());
    }

    @Test
    void tokenIsKnownFromItsUseUntilItIsForgotten() {
        String token = tokens.fresh();
        assertThat(tokens.known(token)).isFalse();
        tokens.releasing(token);
        assertThat(tokens.known(token)).isTrue();
        assertThat(tokens.contention(token)).isNull();
        assertThat(tokens.hold(token)).isNull();
        assertThat(tokens.contentions()).isEmpty();
        assertThat(tokens.holds()).isEmpty();
        assertThat(tokens.forget(token)).isFalse();
        assertThat(tokens.known(token)).isFalse();
    }

    @Test
    void copyOnItsWayIsRememberedUntilTheTokenIsForgotten() {
        String token = tokens.fresh();
        tokens.strayed(token);
        assertThat(tokens.forget(token)).isTrue();
        assertThat(tokens.forget(token)).isFalse();
    }

    @Test
    void highestFenceNeverFalls() {
        assertThat(tokens.highestFence()).isZero();
        tokens.saw(7);
        tokens.saw(5);
        assertThat(tokens.highestFence()).isEqualTo(7);
    }
}
