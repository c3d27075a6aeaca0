// SPDX-License-Identifier: Apache-2.0
package dev.guarded.benchmarks.node;

import java.util.logging.Level;
import java.util.logging.Logger;

/** Keeps the peers' good news off the screen. */
public final class Quiet {

    /** Kept here: a logger that nobody keeps forgets its level. */
    private static final Logger ALL = Logger.getLogger("");

    private Quiet() {}

    /** Lets warnings and worse through. */
    public static void loggers() {
        ALL.setLevel(Level.WARNING);
    }
}
