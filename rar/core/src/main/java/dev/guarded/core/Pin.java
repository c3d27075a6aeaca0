// SPDX-License-Identifier: Apache-2.0
package dev.guarded.core;

import org.jspecify.annotations.Nullable;

/** Keeps what a {@link Registry} would forget: a lock that is held stays known, even if nobody refers to it. */
final class Pin {

    @SuppressWarnings({"FieldCanBeLocal", "UnusedVariable"})
    private @Nullable Object kept;

    /** What is counted of the value; it outlives it. */
    final Tally tally = new Tally();

    void keep(Object value) {
        kept = value;
    }

    void letGo() {
        kept = null;
    }
}
