// SPDX-License-Identifier: Apache-2.0
package dev.guarded.testkit.house;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** Compiles a class that imports what it must not; written to a folder of its own, so that nothing else sees it. */
final class Trespasser {

    private Trespasser() {}

    /**
     * Compiles the trespasser.
     *
     * @param stranger the package it imports from
     * @param folder a new folder for it
     * @return the folder that holds the trespasser's class file and nothing else
     * @throws IOException if the folder cannot be written
     */
    static Path importing(String stranger, Path folder) throws IOException {
        Path theirs = folder.resolve("Stranger.java");
        Path ours = folder.resolve("Trespasser.java");
        Path output = Files.createDirectories(folder.resolve("classes"));
        Files.writeString(theirs, "package " + stranger + "; public class Stranger {}");
        Files.writeString(ours, "class Trespasser { " + stranger + ".Stranger known; }");
        compile(output, theirs, ours);
        return output.resolve("Trespasser.class");
    }

    private static void compile(Path output, Path... sources) throws IOException {
        JavaCompiler compiler = Objects.requireNonNull(ToolProvider.getSystemJavaCompiler(), "a JDK, not a JRE");
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
            List<String> options = List.of("-d", output.toString(), "-proc:none");
            if (!compiler.getTask(null, files, null, options, null, files.getJavaFileObjects(sources))
                    .call()) {
                throw new IllegalStateException("The canary does not compile");
            }
        }
    }
}
