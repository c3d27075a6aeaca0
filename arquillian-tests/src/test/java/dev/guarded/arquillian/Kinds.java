// SPDX-License-Identifier: Apache-2.0
package dev.guarded.arquillian;

import java.util.List;

/** The demarcations under which work is counted, by the names that the application's {@code Demarcations} know. */
final class Kinds {

    /** Those whose work is committed when their caller has his answer. */
    static final List<String> COMMITTED_AT_RETURN = List.of(
            "cmt",
            "new",
            "caller",
            "twice",
            "nested",
            "unsupported",
            "stateful",
            "outside",
            "inside",
            "asynchronous",
            "stage");

    /** Those whose work is left to somebody else. */
    static final List<String> COMMITTED_LATER = List.of("timer", "message");

    private Kinds() {}

    /** Returns how often one call does its work. */
    static int worksACall(String kind) {
        return kind.equals("twice") ? 2 : 1;
    }
}
