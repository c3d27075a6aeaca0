// SPDX-License-Identifier: Apache-2.0
package dev.guarded.cdi;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.enterprise.inject.spi.CDI;
import jakarta.enterprise.inject.spi.CDIProvider;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class GuardingTest {

    private final TestAdapter adapter = new TestAdapter(Duration.ZERO);

    @ApplicationScoped
    public static class Work {}

    /** The door to what applications ask for their container. */
    private abstract static class Door extends CDI<Object> {

        static @Nullable CDIProvider replace(@Nullable CDIProvider by) {
            CDIProvider before = configuredProvider;
            configuredProvider = by;
            return before;
        }
    }

    @AfterEach
    void close() {
        adapter.close();
    }

    @Test
    void containerIsAskedOnceForEachClassLoader() {
        try (Application application = Application.deploy(adapter, Work.class)) {
            Guarding known = Guarding.ofThread().orElseThrow();
            assertThat(known).isSameAs(Guarding.ofApplication(application.bean(BeanManager.class)));
            CDIProvider before = Door.replace(() -> {
                throw new IllegalStateException("asked again");
            });
            try {
                assertThat(Guarding.ofThread()).containsSame(known);
            } finally {
                Door.replace(before);
            }
        }
    }

    @Test
    void nextApplicationOfAClassLoaderIsNotTakenForTheOneThatEnded() {
        Guarding first;
        try (Application application = Application.deploy(adapter, Work.class)) {
            first = Guarding.ofThread().orElseThrow();
            assertThat(first).isSameAs(of(application));
        }
        assertThat(Guarding.ofThread()).isEmpty();
        try (Application application = Application.deploy(adapter, Work.class)) {
            assertThat(Guarding.ofThread()).containsSame(of(application)).get().isNotSameAs(first);
        }
    }

    private static Guarding of(Application application) {
        return Guarding.ofApplication(application.bean(BeanManager.class));
    }
}
