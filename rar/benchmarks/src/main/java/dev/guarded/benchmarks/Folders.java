// SPDX-License-Identifier: Apache-2.0
package dev.guarded.benchmarks;

import java.net.URISyntaxException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Where results go: beside the program that the build made.
 *
 * @param target the folder that the build fills
 */
record Folders(Path target) {

    /** Finds them from a class, which is in target/benchmarks.jar or in target/classes. */
    static Folders of(Class<?> program) {
        try {
            Path code = Path.of(
                    program.getProtectionDomain().getCodeSource().getLocation().toURI());
            @Nullable Path folder = code.toAbsolutePath().getParent();
            return new Folders(folder == null ? Path.of("").toAbsolutePath() : folder);
        } catch (URISyntaxException e) {
            throw new IllegalStateException("the program does not know where it is", e);
        }
    }

    /** Only a full run replaces what is kept; a program that was moved away keeps everything to itself. */
    Path forResults(Options options) {
        @Nullable Path module = target.getParent();
        return options.forTheRecord() && target.endsWith("target") && module != null ? module : target;
    }
}
