// SPDX-License-Identifier: Apache-2.0
package dev.guarded.testkit.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The canaries of {@link HouseTest}: each of its rules finds the file that breaks it. */
class HouseRulesTest {

    private static final String FIRST_LINE = "// SPDX-License-Identifier: Apache-2.0\n";

    @TempDir
    Path top;

    private House house;
    private Path room;

    @BeforeEach
    void buildASmallHouse() throws IOException {
        house = new House(top);
        room = Files.createDirectories(top.resolve("room"));
        Files.writeString(room.resolve("package-info.java"), FIRST_LINE + "package room;\n");
    }

    @Test
    void somethingNewBesideTheRoomsIsFound() throws IOException {
        Files.createDirectory(top.resolve("target"));
        Files.createDirectory(top.resolve(".ci"));
        Files.createDirectory(top.resolve("docs"));

        assertThat(house.topLevel()).containsExactly("docs", "room");
    }

    @Test
    void aFileOf401LinesIsFoundAndOneOf400IsNot() throws IOException {
        write("Long.java", FIRST_LINE + "\n".repeat(399));
        Path tooLong = write("TooLong.java", FIRST_LINE + "\n".repeat(400));

        assertThat(house.tooLong()).containsExactly(tooLong);
    }

    @Test
    void aFileWithoutTheLicenceIsFound() throws IOException {
        Path unlicensed = write("Unlicensed.java", "package room;\n");

        assertThat(house.withoutLicence()).containsExactly(unlicensed);
    }

    @Test
    void aNameThatSaysNothingIsFound() throws IOException {
        Path named = write("LockHelper.java", FIRST_LINE);

        assertThat(house.namedAfterNothing()).containsExactly(named);
    }

    @Test
    void aPackageThatSaysNothingIsFound() throws IOException {
        Path bare = Files.createDirectories(room.resolve("bare"));
        Path file = Files.writeString(bare.resolve("Bare.java"), FIRST_LINE);

        assertThat(house.withoutPackageInfo()).containsExactly(file);
    }

    @Test
    void aVersionInTheWrongPomIsFound() throws IOException {
        String parent = "<version>1</version>\n";
        Files.writeString(top.resolve("pom.xml"), parent.repeat(3));
        Path tidy = Files.createDirectories(room.resolve("tidy"));
        Files.writeString(tidy.resolve("pom.xml"), parent);
        Path second = write("pom.xml", parent.repeat(2));

        assertThat(house.pomsWithVersions()).containsExactly(second);
    }

    @Test
    void aPageThatFetchesAnotherVersionIsFound() throws IOException {
        Files.writeString(top.resolve("pom.xml"), "<version.server>2.0.1.Final</version.server>\n");
        write("PAGE.md", "-Dartifact=org.server:dist:2.0.1.Final:zip\n-Dartifact=org.server:dist:2.0.0.Final:zip\n");

        assertThat(house.fetchedInOtherVersions()).containsExactly("org.server:dist:2.0.0.Final");
    }

    private Path write(String name, String text) throws IOException {
        return Files.writeString(room.resolve(name), text);
    }
}
