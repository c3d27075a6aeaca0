// SPDX-License-Identifier: Apache-2.0
package dev.guarded.example.web;

/** Says what a number may be. */
final class Ranges {

    private Ranges() {}

    static int within(String what, int value, int least, int most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(
                    what + " is " + value + "; it must be from " + least + " to " + most + ".");
        }
        return value;
    }
}
