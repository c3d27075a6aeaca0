// SPDX-License-Identifier: Apache-2.0
package dev.guarded.redis;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Whichever comes first, the connection or the close, the connection ends. */
class OpeningTest {

    private final Opening opening = new Opening();
    private final List<String> ended = new ArrayList<>();

    @Test
    void closeEndsTheLastConnectionThatWasOpened() {
        opening.canEnd(() -> ended.add("first"));
        opening.canEnd(() -> ended.add("second"));
        assertThat(opening.closed()).isFalse();
        opening.close();
        assertThat(opening.closed()).isTrue();
        assertThat(ended).containsExactly("second");
    }

    @Test
    void connectionThatBeginsAfterTheCloseEndsAtOnce() {
        opening.close();
        opening.canEnd(() -> ended.add("late"));
        assertThat(ended).containsExactly("late");
    }
}
