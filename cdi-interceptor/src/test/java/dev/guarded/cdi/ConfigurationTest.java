// SPDX-License-Identifier: Apache-2.0
package dev.guarded.cdi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigurationTest {

    private final ClassLoader before = Thread.currentThread().getContextClassLoader();

    @TempDir
    private Path folder;

    @AfterEach
    void restore() {
        Thread.currentThread().setContextClassLoader(before);
        System.clearProperty("guarded.test.key");
    }

    /** Puts a MicroProfile Config on the class path that knows the key and fails on another. */
    private Configuration microProfile(String provider) throws IOException {
        Thread.currentThread()
                .setContextClassLoader(Compiled.in(
                        folder,
                        "org.eclipse.microprofile.config.Config",
                        """
                        package org.eclipse.microprofile.config;
                        public interface Config {
                            <T> java.util.Optional<T> getOptionalValue(String name, Class<T> type);
                        }
                        """,
                        "org.eclipse.microprofile.config.ConfigProvider",
                        """
                        package org.eclipse.microprofile.config;
                        public class ConfigProvider {
                            public static Config getConfig() { PROVIDER }
                            record Known() implements Config {
                                public <T> java.util.Optional<T> getOptionalValue(String name, Class<T> type) {
                                    if (name.equals("guarded.test.bad")) throw new IllegalArgumentException("too deep");
                                    return name.equals("guarded.test.key")
                                            ? java.util.Optional.of(type.cast("by MicroProfile"))
                                            : java.util.Optional.empty();
                                }
                            }
                        }
                        """.replace("PROVIDER", provider)));
        return Configuration.ofThread();
    }

    @Test
    void microProfileWinsOverSystemProperties() throws IOException {
        System.setProperty("guarded.test.key", "by property");
        assertThat(Configuration.ofThread().value("guarded.test.key")).contains("by property");
        Configuration configuration = microProfile("return new Known();");
        assertThat(configuration.value("guarded.test.key")).contains("by MicroProfile");
        assertThat(configuration.sources()).isEqualTo("MicroProfile Config, system properties, environment");
    }

    @Test
    void environmentComesLast() {
        Map.Entry<String, String> variable = System.getenv().entrySet().stream()
                .filter(entry -> entry.getKey().matches("[A-Z]+"))
                .findAny()
                .orElseThrow();
        assertThat(Configuration.ofThread().value(variable.getKey())).contains(variable.getValue());
        assertThat(Configuration.variable("com.acme.Payouts/pay/Guarded/timeout"))
                .isEqualTo("COM_ACME_PAYOUTS_PAY_GUARDED_TIMEOUT");
        assertThat(Configuration.ofThread().value(variable.getKey().toLowerCase(java.util.Locale.ROOT)))
                .contains(variable.getValue());
    }

    @Test
    void failingConfigurationIsNamed() throws IOException {
        Configuration configuration = microProfile("return new Known();");
        assertThatThrownBy(() -> configuration.value("guarded.test.bad"))
                .hasMessage("GUARDED-0505 MicroProfile Config cannot read 'guarded.test.bad':"
                        + " java.lang.IllegalArgumentException: too deep");
        assertThatThrownBy(() -> microProfile("throw new IllegalStateException(\"no module\");"))
                .hasMessage("GUARDED-0505 MicroProfile Config is present, but gives no configuration:"
                        + " java.lang.IllegalStateException: no module");
    }
}
