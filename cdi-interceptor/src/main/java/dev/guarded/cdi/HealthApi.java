// SPDX-License-Identifier: Apache-2.0
package dev.guarded.cdi;

import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.spi.AfterBeanDiscovery;
import java.lang.annotation.Annotation;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** MicroProfile Health, reached reflectively: half of the servers come without it. */
final class HealthApi {

    private static final System.Logger LOG = System.getLogger("dev.guarded.lock");
    private static final String PACKAGE = "org.eclipse.microprofile.health.";

    private final Class<?> check;
    private final Annotation readiness;
    private final Class<?> response;
    private final Class<?> builder;

    private HealthApi(ClassLoader loader) throws ReflectiveOperationException {
        check = Class.forName(PACKAGE + "HealthCheck", true, loader);
        response = Class.forName(PACKAGE + "HealthCheckResponse", true, loader);
        builder = Class.forName(PACKAGE + "HealthCheckResponseBuilder", true, loader);
        readiness = (Annotation) Objects.requireNonNull(Class.forName(PACKAGE + "Readiness$Literal", true, loader)
                .getField("INSTANCE")
                .get(null));
    }

    /** Returns the one that the thread's class loader sees, empty if it sees none that we know. */
    static Optional<HealthApi> ofThread() {
        try {
            return Optional.of(new HealthApi(Loaders.ofThread()));
        } catch (ClassNotFoundException absent) {
            return Optional.empty();
        } catch (ReflectiveOperationException | LinkageError unknown) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "GUARDED-0521 MicroProfile Health is present, but not as it was known so far: the store has no"
                            + " readiness check.",
                    unknown);
            return Optional.empty();
        }
    }

    /** Adds a readiness check to an application. Without a scope, since some servers see no proxy of the interface. */
    void addTo(AfterBeanDiscovery event, String name, Supplier<Map<String, StoreAnswer>> question) {
        InvocationHandler answering = (proxy, method, arguments) -> switch (method.getName()) {
            case "call" -> answer(name, question.get());
            case "equals" -> proxy == Objects.requireNonNull(arguments)[0];
            case "hashCode" -> System.identityHashCode(proxy);
            default -> "readiness check " + name;
        };
        // By the application's loader: servers take the loader of a check for that of its application.
        Object proxy = Proxy.newProxyInstance(Loaders.ofThread(), new Class<?>[] {check}, answering);
        event.addBean()
                .beanClass(GuardedExtension.class)
                .id("dev.guarded.cdi.health")
                .types(check)
                .qualifiers(readiness)
                .scope(Dependent.class)
                .createWith(context -> proxy);
    }

    private @Nullable Object answer(String name, Map<String, StoreAnswer> answers) throws ReflectiveOperationException {
        Object told = response.getMethod("builder").invoke(null);
        builder.getMethod("name", String.class).invoke(told, name);
        Method data = builder.getMethod("withData", String.class, String.class);
        boolean up = true;
        for (Map.Entry<String, StoreAnswer> each : answers.entrySet()) {
            data.invoke(told, each.getKey(), each.getValue().text());
            up &= each.getValue().up();
        }
        builder.getMethod("status", boolean.class).invoke(told, up);
        return builder.getMethod("build").invoke(told);
    }
}
