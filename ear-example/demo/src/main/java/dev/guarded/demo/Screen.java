// SPDX-License-Identifier: Apache-2.0
package dev.guarded.demo;

import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Where the demo speaks: lines with the time and the key they answer. */
final class Screen {

    private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT);

    private Screen() {}

    static void line(String text) {
        System.out.println(text);
        System.out.flush();
    }

    static void event(char key, String text) {
        line(LocalTime.now(ZoneId.systemDefault()).format(CLOCK) + "  " + key + "  " + text);
    }
}
