// SPDX-License-Identifier: Apache-2.0
package dev.guarded.core;

import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** The rules for names and keys: names are data, but some data only ever comes from a defect. */
final class LockNames {

    static final int MOST_BYTES = 512;

    private LockNames() {}

    /**
     * Checks a name.
     *
     * @param what what to call it in the message
     * @return the name
     * @throws IllegalArgumentException if it is null, empty, too long, or contains what no name needs
     */
    static String check(String what, String name) {
        if (name == null || name.isEmpty()) {
            throw new IllegalArgumentException("GUARDED-0003 The " + what + " is " + (name == null ? "null" : "empty")
                    + "; it must have 1 to 512 bytes of UTF-8. Was a parameter of the name null?");
        }
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (Character.isISOControl(c)) {
                throw new IllegalArgumentException("GUARDED-0003 The " + what + " '" + printable(name)
                        + "' has the control character " + code(c) + " at index " + i + "; remove it.");
            }
            if (Character.isHighSurrogate(c) && i + 1 < name.length() && Character.isLowSurrogate(name.charAt(i + 1))) {
                i++;
            } else if (Character.isSurrogate(c)) {
                throw new IllegalArgumentException("GUARDED-0003 The " + what + " '" + printable(name)
                        + "' has the lone surrogate " + code(c) + " at index " + i
                        + "; the text was cut inside a character.");
            }
        }
        int bytes = name.getBytes(StandardCharsets.UTF_8).length;
        if (bytes > MOST_BYTES) {
            throw new IllegalArgumentException("GUARDED-0003 The " + what + " has " + bytes
                    + " bytes of UTF-8; it must have 1 to 512. It begins '" + printable(name.substring(0, 64))
                    + "'. Use a shorter name or a digest of it.");
        }
        return name;
    }

    private static String printable(String name) {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < Math.min(name.length(), 128); i++) {
            char c = name.charAt(i);
            out.append(Character.isISOControl(c) || Character.isSurrogate(c) ? code(c) : String.valueOf(c));
        }
        return out.toString();
    }

    private static String code(char c) {
        return String.format(Locale.ROOT, "U+%04X", (int) c);
    }
}
