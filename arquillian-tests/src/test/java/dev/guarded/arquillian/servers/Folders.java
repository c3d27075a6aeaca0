// SPDX-License-Identifier: Apache-2.0
package dev.guarded.arquillian.servers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Folders that a test run begins with. */
public final class Folders {

    private Folders() {}

    /** Makes a folder that is empty, whatever an earlier run has left there. */
    public static void empty(Path folder) throws IOException {
        if (Files.exists(folder)) {
            List<Path> old;
            try (Stream<Path> files = Files.walk(folder)) {
                old = files.sorted(Comparator.reverseOrder()).toList();
            }
            for (Path each : old) {
                Files.delete(each);
            }
        }
        Files.createDirectories(folder);
    }

    /** Makes a folder with the files of another; what lies deeper stays behind. */
    public static void copy(Path from, Path to) throws IOException {
        List<Path> found;
        try (Stream<Path> files = Files.list(from)) {
            found = files.filter(Files::isRegularFile).toList();
        }
        Files.createDirectories(to);
        for (Path each : found) {
            Files.copy(each, to.resolve(each.getFileName()));
        }
    }
}
