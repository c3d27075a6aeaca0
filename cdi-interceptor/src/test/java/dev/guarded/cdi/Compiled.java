// SPDX-License-Identifier: Apache-2.0
package dev.guarded.cdi;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.tools.ToolProvider;

/** Classes that a test compiles itself, because the build would compile them differently or not at all. */
final class Compiled {

    private Compiled() {}

    /** Compiles source files, each given by its class name and its text, without -parameters. */
    static ClassLoader in(Path folder, String... namesAndTexts) throws IOException {
        List<String> arguments = new ArrayList<>(
                List.of("-d", folder.toString(), "-proc:none", "-cp", System.getProperty("java.class.path")));
        for (int i = 0; i < namesAndTexts.length; i += 2) {
            Path source = folder.resolve(namesAndTexts[i].replace('.', '/') + ".java");
            Files.createDirectories(source.getParent());
            arguments.add(Files.writeString(source, namesAndTexts[i + 1]).toString());
        }
        int result = ToolProvider.getSystemJavaCompiler().run(null, null, null, arguments.toArray(String[]::new));
        if (result != 0) {
            throw new IllegalStateException("javac ended with " + result);
        }
        return new URLClassLoader(new URL[] {folder.toUri().toURL()}, Compiled.class.getClassLoader());
    }

    /** Loads one of them. */
    static Class<?> load(ClassLoader loader, String name) {
        try {
            return Class.forName(name, true, loader);
        } catch (ClassNotFoundException e) {
            throw new UncheckedIOException(new IOException(name, e));
        }
    }
}
