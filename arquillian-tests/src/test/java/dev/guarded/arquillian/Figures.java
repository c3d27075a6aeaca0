// SPDX-License-Identifier: Apache-2.0
package dev.guarded.arquillian;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/** What the tests have counted and measured, for people to read. */
final class Figures {

    private static final Path FILE = Path.of("target", "figures.md");

    private Figures() {}

    /** Adds a line. */
    static void add(String line) {
        try {
            Files.write(FILE, List.of("- " + line), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
