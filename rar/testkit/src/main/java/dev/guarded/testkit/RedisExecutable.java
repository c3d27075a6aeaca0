// SPDX-License-Identifier: Apache-2.0
package dev.guarded.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Finds the program to run: the one that the system property {@value #OVERRIDE} names, or the one in the jar
 * {@code org.signal:embedded-redis}, of which nothing but its resources is used.
 */
final class RedisExecutable {

    static final String OVERRIDE = "guarded.redis.executable";

    static final String PROGRAM = "redis-server";

    private static final String PREFIX = "redis-server-7.0.15-";

    private RedisExecutable() {}

    /**
     * Returns the program for this machine, unpacked if need be.
     *
     * @param directory where to unpack it; removed if there is no program
     * @throws IllegalStateException if there is none; the message says what to do
     */
    static Path find(Path directory) throws IOException {
        @Nullable String override = System.getProperty(OVERRIDE);
        try {
            return override == null
                    ? unpacked(directory, System.getProperty("os.name"), System.getProperty("os.arch"))
                    : checked(Path.of(override));
        } catch (IllegalStateException none) {
            Files.deleteIfExists(directory.resolve(PROGRAM));
            Files.delete(directory);
            throw none;
        }
    }

    static Path unpacked(Path directory, String system, String processor) {
        Path program = directory.resolve(PROGRAM);
        try (InputStream packed =
                RedisExecutable.class.getResourceAsStream("/" + PREFIX + system(system) + "-" + processor(processor))) {
            if (packed == null) {
                throw new IllegalStateException("The jar embedded-redis has no Redis for " + system + " on " + processor
                        + "; install one and name it with -D" + OVERRIDE + "=/path/to/redis-server.");
            }
            Files.copy(packed, program, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException("Redis cannot be unpacked to " + program + ": " + e.getMessage(), e);
        }
        if (!program.toFile().setExecutable(true)) {
            throw new IllegalStateException(program + " cannot be made executable; name an installed Redis with -D"
                    + OVERRIDE + "=/path/to/redis-server.");
        }
        return program;
    }

    private static Path checked(Path named) {
        if (!Files.isExecutable(named)) {
            throw new IllegalStateException(
                    "-D" + OVERRIDE + "=" + named + " is not a program; name a redis-server, or leave it out.");
        }
        return named;
    }

    private static String system(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return lower.startsWith("mac") ? "darwin" : lower.split(" ", 2)[0];
    }

    private static String processor(String name) {
        return switch (name.toLowerCase(Locale.ROOT)) {
            case "x86_64", "amd64" -> "amd64";
            case "aarch64", "arm64" -> "arm64";
            case "x86", "i386", "i686" -> "386";
            default -> name;
        };
    }
}
