// SPDX-License-Identifier: Apache-2.0
package dev.guarded.redis.chaos;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What one process saw, one line an event, each handed to the operating system at once: what is written outlives the
 * process that wrote it, however that ends.
 */
final class Journal implements AutoCloseable {

    static final String SUFFIX = ".log";

    private final OutputStream out;

    Journal(Path file) {
        try {
            out = Files.newOutputStream(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Writes a line; words contain no blanks. */
    synchronized void note(Object... words) {
        String line = Arrays.stream(words).map(String::valueOf).collect(Collectors.joining(" ", "", "\n"));
        try {
            out.write(line.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns the words of every line that was written to its end. */
    static List<List<String>> lines(Path file) {
        try {
            String text = Files.readString(file);
            String whole = text.substring(0, text.lastIndexOf('\n') + 1);
            return whole.lines().map(line -> List.of(line.split(" ", -1))).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public synchronized void close() {
        try {
            out.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
