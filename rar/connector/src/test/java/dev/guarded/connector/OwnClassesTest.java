// SPDX-License-Identifier: Apache-2.0
package dev.guarded.connector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OwnClassesTest {

    private static final String NAME = Chain.class.getName();

    @TempDir
    Path folder;

    private URL jar(Class<?> content) throws IOException {
        String entry = content.getName().replace('.', '/') + ".class";
        Path jar = folder.resolve(content.getSimpleName() + ".jar");
        try (InputStream bytes = content.getResourceAsStream("/" + entry);
                JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
            out.putNextEntry(new JarEntry(entry));
            out.write(Objects.requireNonNull(bytes).readAllBytes());
        }
        return jar.toUri().toURL();
    }

    /** Returns a class loader that cannot read its files any more. */
    private static URLClassLoader loadedAhead(URL jar) throws IOException {
        URLClassLoader loader = new URLClassLoader(new URL[] {jar}, null);
        OwnClasses.load(jar, loader);
        loader.close();
        return loader;
    }

    @Test
    void classesAreThereWhenTheirFilesAreGone() throws Exception {
        URL jar = jar(Chain.class);
        URLClassLoader loader = loadedAhead(jar);

        assertThat(Class.forName(NAME, false, loader).getClassLoader()).isSameAs(loader);
    }

    @Test
    void classesOfOthersAreLeftAlone() throws Exception {
        URL jar = jar(Test.class);
        URLClassLoader loader = loadedAhead(jar);

        assertThatThrownBy(() -> Class.forName(Test.class.getName(), false, loader))
                .isInstanceOf(ClassNotFoundException.class);
    }

    @Test
    void archiveThatCannotBeReadIsNoFailure() throws Exception {
        URL missing = folder.resolve("missing.jar").toUri().toURL();

        assertThatCode(() -> OwnClasses.load(missing, OwnClassesTest.class.getClassLoader()))
                .doesNotThrowAnyException();
    }
}
