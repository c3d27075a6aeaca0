// SPDX-License-Identifier: Apache-2.0
package dev.guarded.testkit.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** This checkout keeps the rules of the house. */
class HouseTest {

    private final House house = new House(Path.of(System.getProperty("guarded.house")));

    @Test
    void theTopLevelHoldsTheRoomsAndNothingBesideThem() throws IOException {
        assertThat(house.topLevel())
                .containsExactlyInAnyOrder(
                        "CHANGELOG.md",
                        "CONTRIBUTING.md",
                        "LICENSE",
                        "README.md",
                        "arquillian-tests",
                        "cdi-interceptor",
                        "ear-example",
                        "pom.xml",
                        "rar");
    }

    @Test
    void noJavaFileIsLongerThan400Lines() throws IOException {
        assertThat(house.tooLong()).isEmpty();
    }

    @Test
    void everyJavaFileBeginsWithTheLicence() throws IOException {
        assertThat(house.withoutLicence()).isEmpty();
    }

    @Test
    void noClassIsNamedHelperUtilImplBaseOrData() throws IOException {
        assertThat(house.namedAfterNothing()).isEmpty();
    }

    @Test
    void everyPackageSaysWhatItIsFor() throws IOException {
        assertThat(house.withoutPackageInfo()).isEmpty();
    }

    @Test
    void onlyTheTopPomNamesVersions() throws IOException {
        assertThat(house.pomsWithVersions()).isEmpty();
    }

    @Test
    void pagesFetchWhatTheBuildUses() throws IOException {
        assertThat(house.fetchedInOtherVersions()).isEmpty();
    }
}
