// SPDX-License-Identifier: Apache-2.0
package dev.guarded.arquillian;

import dev.guarded.cdi.Guarded;
import dev.guarded.lock.LockManager;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/** A guarded class compiled as most build files compile it: the names of the parameters are gone. */
final class WithoutParameterNames {

    static final String SIMPLE_NAME = "NamelessParameters";
    static final String NAME = "dev.guarded.arquillian.broken." + SIMPLE_NAME;

    private static final String SOURCE = "package dev.guarded.arquillian.broken;"
            + "@jakarta.enterprise.context.ApplicationScoped public class " + SIMPLE_NAME + " {"
            + "@dev.guarded.cdi.Guarded(\"order:#{id}\") public void pay(String id) {} }";

    private WithoutParameterNames() {}

    static byte[] compiled() {
        try {
            Path classes = Files.createTempDirectory("nameless");
            JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
            String classPath = Stream.of(Guarded.class, LockManager.class, ApplicationScoped.class)
                    .map(Archives::library)
                    .map(File::toString)
                    .collect(Collectors.joining(File.pathSeparator));
            List<String> options = List.of("--release", "17", "-cp", classPath, "-d", classes.toString());
            if (!compiler.getTask(null, null, null, options, null, List.of(new Source()))
                    .call()) {
                throw new AssertionError("the source does not compile: " + SOURCE);
            }
            return Files.readAllBytes(classes.resolve(NAME.replace('.', '/') + ".class"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static final class Source extends SimpleJavaFileObject {

        Source() {
            super(URI.create("string:///" + NAME.replace('.', '/') + Kind.SOURCE.extension), Kind.SOURCE);
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return SOURCE;
        }
    }
}
