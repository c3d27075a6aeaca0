// SPDX-License-Identifier: Apache-2.0
package dev.guarded.cdi;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** That the classes loaded ahead suffice after an undeployment is shown on a server. */
class TranslationTest {

    @Test
    void everyExceptionOfThisRoomIsLoadedAhead() throws IOException {
        List<String> exceptions;
        try (Stream<Path> files = Files.list(Path.of("target/classes/dev/guarded/cdi"))) {
            exceptions = files.map(file -> file.getFileName().toString())
                    .filter(file -> file.endsWith("Exception.class"))
                    .toList();
        }

        assertThat(Translation.thrown())
                .extracting(type -> type.getSimpleName() + ".class")
                .containsExactlyInAnyOrderElementsOf(exceptions);
    }
}
