// SPDX-License-Identifier: Apache-2.0
package dev.guarded.arquillian.paths;

import dev.guarded.lock.LockException;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** An exception as its catcher finds it. */
final class Causes {

    private Causes() {}

    /** Returns the types from the outermost to the first cause, with the messages that are Guarded's own. */
    static String of(Throwable thrown) {
        return Stream.iterate(thrown, cause -> cause != null, Throwable::getCause)
                .map(cause -> cause.getClass().getSimpleName() + (ours(cause) ? ": " + cause.getMessage() : ""))
                .collect(Collectors.joining(" <- "));
    }

    private static boolean ours(Throwable cause) {
        return cause instanceof LockException
                || String.valueOf(cause.getMessage()).startsWith("GUARDED");
    }
}
