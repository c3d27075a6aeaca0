// SPDX-License-Identifier: Apache-2.0
package dev.guarded.cdi;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The application's configuration: MicroProfile Config where the server has it, then system properties, then the
 * environment. MicroProfile is reached reflectively: half of the servers come without it.
 */
final class Configuration {

    private final @Nullable Object config;
    private final @Nullable Method optionalValue;

    private Configuration(@Nullable Object config, @Nullable Method optionalValue) {
        this.config = config;
        this.optionalValue = optionalValue;
    }

    /** Returns the configuration of the application whose class loader is the thread's. */
    static Configuration ofThread() {
        ClassLoader loader = Loaders.ofThread();
        try {
            Class<?> provider = Class.forName("org.eclipse.microprofile.config.ConfigProvider", true, loader);
            Class<?> type = Class.forName("org.eclipse.microprofile.config.Config", true, loader);
            Object config = provider.getMethod("getConfig").invoke(null);
            return new Configuration(config, type.getMethod("getOptionalValue", String.class, Class.class));
        } catch (ClassNotFoundException | NoClassDefFoundError absent) {
            return new Configuration(null, null);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(
                    "GUARDED-0505 MicroProfile Config is present, but gives no configuration: " + cause(e), e);
        }
    }

    /**
     * Looks a value up.
     *
     * @throws IllegalStateException if MicroProfile Config fails on this key
     */
    Optional<String> value(String key) {
        return microProfile(key)
                .or(() -> Optional.ofNullable(System.getProperty(key)))
                .or(() -> Optional.ofNullable(System.getenv(key)))
                .or(() -> Optional.ofNullable(System.getenv(variable(key))));
    }

    /** Returns how an environment variable spells the key, as MicroProfile Config does. */
    static String variable(String key) {
        return key.replaceAll("[^A-Za-z0-9]", "_").toUpperCase(Locale.ROOT);
    }

    String sources() {
        return (config == null ? "" : "MicroProfile Config, ") + "system properties, environment";
    }

    private Optional<String> microProfile(String key) {
        if (config == null || optionalValue == null) {
            return Optional.empty();
        }
        try {
            return ((Optional<?>) optionalValue.invoke(config, key, String.class)).map(String.class::cast);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(
                    "GUARDED-0505 MicroProfile Config cannot read '" + key + "': " + cause(e), e);
        }
    }

    private static @Nullable Throwable cause(ReflectiveOperationException e) {
        return e instanceof InvocationTargetException ? e.getCause() : e;
    }
}
