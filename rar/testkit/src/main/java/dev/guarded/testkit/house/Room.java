// SPDX-License-Identifier: Apache-2.0
package dev.guarded.testkit.house;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import java.util.stream.Stream;

/**
 * A room of the house and its row in the import table.
 *
 * @param rule the row, as a rule over every class that it is given
 * @param strangers packages that the room must never see, for the canary
 */
public record Room(ArchRule rule, List<String> strangers) {

    /** What applications compile against. */
    public static final Room API =
            new Room(only("dev.guarded.lock.."), List.of("jakarta.ejb", "jakarta.resource", "redis.clients.jedis"));

    /** The engine. */
    public static final Room CORE = new Room(
            only("dev.guarded.core..", "dev.guarded.lock..", "jdk.jfr.."),
            List.of("jakarta.resource", "jakarta.transaction", "redis.clients.jedis", "dev.guarded.redis"));

    /** The store. What it sees of the engine is public there: the ports, and the way to open one. */
    public static final Room REDIS = new Room(
            only(
                    "dev.guarded.redis..",
                    "dev.guarded.lock..",
                    "dev.guarded.core",
                    "dev.guarded.core.spi..",
                    "redis.clients.."),
            List.of("jakarta.resource", "jakarta.transaction", "dev.guarded.connector"));

    /** The resource adapter. */
    public static final Room CONNECTOR = new Room(
            only(
                    "dev.guarded.connector..",
                    "dev.guarded.lock..",
                    "dev.guarded.core..",
                    "dev.guarded.redis..",
                    "jakarta.resource..",
                    "jakarta.transaction.."),
            List.of("jakarta.ejb", "jakarta.enterprise.context", "redis.clients.jedis", "dev.guarded.cdi"));

    /** The annotation and its interceptor. */
    public static final Room CDI_INTERCEPTOR = new Room(
            only("dev.guarded.cdi..", "dev.guarded.lock..", "jakarta.."),
            List.of("dev.guarded.core", "dev.guarded.redis", "dev.guarded.connector", "redis.clients.jedis"));

    /** The deployable application. */
    public static final Room EXAMPLE = new Room(
            only("dev.guarded.example..", "dev.guarded.cdi..", "dev.guarded.lock..", "jakarta..", "javax.sql.."),
            List.of("dev.guarded.core", "dev.guarded.redis", "dev.guarded.connector", "redis.clients.jedis"));

    /** The program that starts the example on two servers; what it starts them with is its own affair. */
    public static final Room DEMO = new Room(
            never("dev.guarded.core..", "dev.guarded.redis..", "dev.guarded.connector.."),
            List.of("dev.guarded.core", "dev.guarded.redis", "dev.guarded.connector"));

    /** The server tests; what they are written with is their own affair. */
    public static final Room ARQUILLIAN_TESTS = new Room(
            never("dev.guarded.core..", "dev.guarded.redis..", "dev.guarded.connector.."),
            List.of("dev.guarded.core", "dev.guarded.redis", "dev.guarded.connector"));

    private static ArchRule only(String... packages) {
        // The unnamed package is where ArchUnit puts primitive types.
        Stream<String> everywhere = Stream.of(
                "",
                "java..",
                "javax.management..",
                "javax.naming..",
                "javax.net..",
                "javax.security.auth..",
                "javax.transaction.xa..",
                "org.jspecify.annotations..");
        String[] allowed = Stream.concat(everywhere, Stream.of(packages)).toArray(String[]::new);
        return classes().should().onlyDependOnClassesThat().resideInAnyPackage(allowed);
    }

    private static ArchRule never(String... packages) {
        return noClasses().should().dependOnClassesThat().resideInAnyPackage(packages);
    }
}
