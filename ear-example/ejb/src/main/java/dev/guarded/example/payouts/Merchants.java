// SPDX-License-Identifier: Apache-2.0
package dev.guarded.example.payouts;

import java.util.stream.LongStream;

/** The shops of the example. */
public final class Merchants {

    /** How many there are; the schema has their names. */
    public static final int COUNT = 50;

    private Merchants() {}

    /** Returns the name of the lock that all work on a shop takes. */
    public static String lock(long id) {
        return "merchant:" + id;
    }

    /** Returns their numbers. */
    public static LongStream ids() {
        return LongStream.rangeClosed(1, COUNT);
    }
}
