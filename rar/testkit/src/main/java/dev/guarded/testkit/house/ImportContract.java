// SPDX-License-Identifier: Apache-2.0
package dev.guarded.testkit.house;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Every class of a module imports only what the import table allows its room. */
public abstract class ImportContract {

    private final Room room;
    private final Path classes;

    /**
     * Creates the contract of a room.
     *
     * @param room the room of this module
     * @param classes where its class files are, below the module's folder
     */
    protected ImportContract(Room room, String classes) {
        this.room = room;
        this.classes = Path.of(System.getProperty("basedir", "")).resolve(classes);
    }

    @Test
    void importsOnlyWhatTheTableAllows() {
        JavaClasses found = new ClassFileImporter().importPath(classes);

        assertThat(found).as("class files in %s", classes).isNotEmpty();
        room.rule().check(found);
    }

    /** The canary: a rule that cannot fail proves nothing. */
    @TestFactory
    Stream<DynamicTest> aClassThatImportsAStrangerIsFound(@TempDir Path folder) {
        return room.strangers().stream()
                .map(stranger -> dynamicTest(stranger, () -> {
                    Path trespasser = Trespasser.importing(stranger, folder.resolve(stranger));

                    JavaClasses found = new ClassFileImporter().importPath(trespasser);

                    assertThatThrownBy(() -> room.rule().check(found))
                            .isInstanceOf(AssertionError.class)
                            .hasMessageContaining("Trespasser")
                            .hasMessageContaining(stranger);
                }));
    }
}
