// SPDX-License-Identifier: Apache-2.0
package dev.guarded.arquillian;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.zip.ZipFile;

/** What users of the managed archive are told to give to WildFly's command-line tool. */
final class PoolManual {

    private static final Path PAGE = Path.of(System.getProperty("guarded.house"), "rar", "archive", "POOLS.md");

    private PoolManual() {}

    /** Returns the commands in the archive itself. */
    static List<String> shippedCommands() {
        try (ZipFile rar = new ZipFile("target/rar/guarded-managed.rar");
                InputStream packed = rar.getInputStream(rar.getEntry("META-INF/guarded.cli"))) {
            return new String(packed.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns the one block of the manual that has a certain text. */
    static List<String> block(String text) {
        try {
            List<List<String>> found = Arrays.stream(Files.readString(PAGE).split("```", -1))
                    .filter(part -> part.startsWith("\n") && part.contains(text))
                    .map(part -> part.strip().lines().map(String::strip).toList())
                    .toList();
            if (found.size() != 1) {
                throw new AssertionError(found.size() + " blocks of " + PAGE + " have " + text);
            }
            return found.get(0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
