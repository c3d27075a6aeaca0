// SPDX-License-Identifier: Apache-2.0
package dev.guarded.connector;

import java.util.Objects;
import java.util.stream.Stream;

/** An exception with its causes: what matters is often under what the server wrapped around it. */
final class Chain {

    private static final int DEEPEST = 20;

    private Chain() {}

    /** Returns the exception, then its cause, and so on; a cycle of causes ends somewhere. */
    static Stream<Throwable> of(Throwable top) {
        return Stream.iterate(top, Objects::nonNull, Throwable::getCause).limit(DEEPEST);
    }
}
