// SPDX-License-Identifier: Apache-2.0
package dev.guarded.connector;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.guarded.testkit.Proves;
import org.junit.jupiter.api.Test;

/** The scheduler for plain Java makes threads; nothing that the adapter uses leads to it. */
class NoThreadOfOurOwnTest {

    private static final DescribedPredicate<JavaClass> MAKES_THREADS =
            describe("make threads", type -> type.getName().equals("dev.guarded.redis.PlainScheduler"));

    private final JavaClasses ours = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("dev.guarded.lock", "dev.guarded.core", "dev.guarded.redis", "dev.guarded.connector");

    @Test
    @Proves({"#35", "law 13"})
    void nothingInTheAdapterReachesTheSchedulerOfPlainJava() {
        noClasses()
                .that()
                .resideInAPackage("dev.guarded.connector..")
                .should()
                .transitivelyDependOnClassesThat(MAKES_THREADS)
                .check(ours);
    }

    /** The canary: the way in on plain Java does reach it. */
    @Test
    void theWayInOnPlainJavaIsFoundToReachIt() {
        assertThatThrownBy(() -> noClasses()
                        .that()
                        .haveSimpleName("RedisLockManagers")
                        .should()
                        .transitivelyDependOnClassesThat(MAKES_THREADS)
                        .check(ours))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("PlainScheduler");
    }
}
