// SPDX-License-Identifier: Apache-2.0
package dev.guarded.cdi;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Applications on servers without MicroProfile Health, or with one that we do not know. */
class HealthApiTest {

    private final ClassLoader before = Thread.currentThread().getContextClassLoader();
    private final TestAdapter adapter = new TestAdapter(Duration.ZERO);

    @TempDir
    private Path folder;

    @ApplicationScoped
    public static class Work {

        @Guarded("work")
        public String run() {
            return "ran";
        }
    }

    @AfterEach
    void restore() {
        Thread.currentThread().setContextClassLoader(before);
        adapter.close();
    }

    @Test
    void applicationRunsWithoutMicroProfileHealth() {
        assertThat(HealthApi.ofThread()).isEmpty();
        try (Application application = Application.deploy(adapter, Work.class)) {
            assertThat(application.bean(Work.class).run()).isEqualTo("ran");
            assertThat(application.warnings()).isEmpty();
        }
    }

    @Test
    void unknownMicroProfileHealthIsToldAndDoneWithout() throws IOException {
        String name = "org.eclipse.microprofile.health.";
        Thread.currentThread()
                .setContextClassLoader(Compiled.in(
                        folder,
                        name + "HealthCheck",
                        "package org.eclipse.microprofile.health; public interface HealthCheck {}",
                        name + "HealthCheckResponse",
                        "package org.eclipse.microprofile.health; public class HealthCheckResponse {}",
                        name + "HealthCheckResponseBuilder",
                        "package org.eclipse.microprofile.health; public class HealthCheckResponseBuilder {}",
                        name + "Readiness",
                        "package org.eclipse.microprofile.health; public @interface Readiness { class Literal {} }"));
        try (Application application = Application.deploy(adapter, Work.class)) {
            assertThat(application.bean(Work.class).run()).isEqualTo("ran");
            assertThat(application.warnings())
                    .singleElement()
                    .asString()
                    .contains("GUARDED-0521 MicroProfile Health is present, but not as it was known so far");
        }
    }
}
