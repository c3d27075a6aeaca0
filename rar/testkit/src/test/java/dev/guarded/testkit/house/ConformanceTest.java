// SPDX-License-Identifier: Apache-2.0
package dev.guarded.testkit.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** {@code CONFORMANCE.md} and the tests of every room say the same. */
class ConformanceTest {

    private final House house = new House(Path.of(System.getProperty("guarded.house")));

    private ConformanceTable table() throws IOException {
        try (Stream<String> lines = Files.lines(Path.of("CONFORMANCE.md"))) {
            return ConformanceTable.of(lines);
        }
    }

    @Test
    void everyIdHasItsOneRow() throws IOException {
        assertThat(table().ids()).containsExactlyElementsOf(ConformanceTable.expectedIds());
    }

    @Test
    void everyRowAgreesWithTheTests() throws IOException {
        assertThat(table().disagreementsWith(TestMethods.in(house.testFiles()))).isEmpty();
    }
}
