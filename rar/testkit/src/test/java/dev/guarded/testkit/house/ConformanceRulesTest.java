// SPDX-License-Identifier: Apache-2.0
package dev.guarded.testkit.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The canaries of {@link ConformanceTest}: each thing that may be wrong with the table is found. */
class ConformanceRulesTest {

    @TempDir
    Path folder;

    private TestMethods methods;

    @BeforeEach
    void writeAFewTests() throws IOException {
        Path file = Files.writeString(folder.resolve("DoorTest.java"), """
                package room;
                class DoorTest {
                    @Test
                    @Proves({"A1", "#2"})
                    void opens() {}
                    @ParameterizedTest
                    @ValueSource(strings = {"void shut(", "\\")"})
                    void closes(String way) {}
                    @BeforeEach
                    void knock() {}
                    @Nested
                    class Locked {
                        @Test
                        @dev.guarded.testkit.Proves("law 3")
                        void staysShut() {}
                    }
                }
                """);
        methods = TestMethods.in(List.of(file));
    }

    @Test
    void testsAreReadWithWhatTheyProve() {
        assertThat(methods.idsByTest().keySet())
                .containsExactly("DoorTest#closes", "DoorTest#opens", "Locked#staysShut");
        assertThat(methods.ids()).containsExactly("#2", "A1", "law 3");
        assertThat(methods.proving("law 3")).containsExactly("Locked#staysShut");
    }

    @Test
    void aTableThatAgreesIsLeftAlone() {
        assertThat(wrongWith("| A1 | it opens | `DoorTest#opens`, because |")).isEmpty();
        assertThat(wrongWith("| A2 | it sings | Does not apply: doors do not sing. |"))
                .isEmpty();
    }

    @Test
    void aTestThatDoesNotExistIsFound() {
        assertThat(wrongWith("| A1 | it opens | `DoorTest#opens`, `DoorTest#knock` |"))
                .containsExactly("A1: there is no test `DoorTest#knock`");
    }

    @Test
    void aTestThatDoesNotSayWhatItProvesIsFound() {
        assertThat(wrongWith("| A2 | it closes | `DoorTest#closes` |"))
                .containsExactly("A2: `DoorTest#closes` is not annotated with @Proves(\"A2\")");
    }

    @Test
    void aTestThatTheRowForgetsIsFound() {
        assertThat(wrongWith("| #2 | it opens | Not yet: nobody has tried. |"))
                .containsExactly("#2: add `DoorTest#opens`");
    }

    @Test
    void aRowWithoutProofReasonOrBehaviourIsFound() {
        assertThat(wrongWith("| A3 | it is blue | see above |"))
                .singleElement()
                .asString()
                .startsWith("A3: names no");
        assertThat(wrongWith("| A3 |  | Not yet: no paint. |"))
                .singleElement()
                .asString()
                .startsWith("A3: says nothing");
    }

    @Test
    void anIdThatIsNotInTheListIsFound() throws IOException {
        Path file = Files.writeString(
                folder.resolve("BellTest.java"), "class BellTest { @Test @Proves(\"A27\") void rings() {} }");
        assertThat(table("| A1 | a | Not yet: b. |").disagreementsWith(TestMethods.in(List.of(file))))
                .containsExactly("A27: proved by [BellTest#rings], but no such id exists");
    }

    private List<String> wrongWith(String row) {
        return table(row).disagreementsWith(methods);
    }

    private static ConformanceTable table(String row) {
        return ConformanceTable.of(Stream.of("| id | behaviour | proof |", "|---|---|---|", row));
    }
}
