// SPDX-License-Identifier: Apache-2.0
package dev.guarded.connector;

import dev.guarded.core.EngineSettings;
import dev.guarded.lock.DurationText;
import dev.guarded.lock.LockSettings;
import dev.guarded.lock.Reach;
import dev.guarded.redis.RedisTarget;
import jakarta.resource.spi.InvalidPropertyException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Locale;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads the texts an operator wrote, and refuses what is not good with the property's name and the allowed range. */
final class ConfigurationReader {

    private static final Duration SHORTEST_LEASE = Duration.ofMillis(100);
    private static final Duration LONGEST_LEASE = Duration.ofHours(24);
    private static final Duration LONGEST_HOLD = Duration.ofDays(365);

    private static final AdapterProperties DEFAULTS = new GuardedManagedConnectionFactory().properties();

    private final AdapterProperties properties;
    private final UnaryOperator<@Nullable String> environment;

    /**
     * Creates a reader.
     *
     * @param environment finds an environment variable, null if it is not set: some servers replace none in a
     *     deployment descriptor, so they stand in for what was left at its default
     */
    ConfigurationReader(AdapterProperties properties, UnaryOperator<@Nullable String> environment) {
        this.properties = properties;
        this.environment = environment;
    }

    AdapterConfiguration read() throws InvalidPropertyException {
        return new AdapterConfiguration(target(), namespace(), engine());
    }

    private String orEnvironment(String value, String byDefault, String variable) {
        String set = value.equals(byDefault) ? environment.apply(variable) : null;
        return set == null || set.isBlank() ? value : set;
    }

    private RedisTarget target() throws InvalidPropertyException {
        RedisTarget target;
        try {
            target = RedisTarget.parse(orEnvironment(properties.redisUri(), DEFAULTS.redisUri(), "GUARDED_REDIS_URI")
                    .trim());
        } catch (IllegalArgumentException e) {
            throw new InvalidPropertyException("redisUri: " + e.getMessage(), e);
        }
        target = target.withTimeouts(
                timeout("connectTimeout", properties.connectTimeout()),
                timeout("commandTimeout", properties.commandTimeout()));
        String user = properties.user().isEmpty() ? null : properties.user();
        if (properties.password().isEmpty()) {
            if (user != null) {
                throw refused("user", user, "empty, or set together with password");
            }
            return target;
        }
        return target.withCredentials(user, properties.password().toCharArray());
    }

    private static Duration timeout(String property, String text) throws InvalidPropertyException {
        return duration(property, text, RedisTarget.SHORTEST_TIMEOUT, RedisTarget.LONGEST_TIMEOUT);
    }

    private EngineSettings engine() throws InvalidPropertyException {
        Duration leaseTime = duration("defaultLeaseTime", properties.defaultLeaseTime(), SHORTEST_LEASE, LONGEST_LEASE);
        return new EngineSettings(
                shown("nodeName", nodeName(properties.nodeName())),
                reach(orEnvironment(properties.defaultReach(), DEFAULTS.defaultReach(), "GUARDED_DEFAULT_REACH")),
                duration("defaultTimeout", properties.defaultTimeout(), Duration.ZERO, LockSettings.UNLIMITED),
                leaseTime,
                duration("defaultMaxHold", properties.defaultMaxHold(), leaseTime, LONGEST_HOLD),
                maxInFlight(properties.maxInFlight()));
    }

    static Duration duration(String property, String text, Duration least, Duration most)
            throws InvalidPropertyException {
        Duration read;
        try {
            read = DurationText.parse(text);
        } catch (IllegalArgumentException e) {
            throw new InvalidPropertyException(property + ": " + e.getMessage(), e);
        }
        if (read.compareTo(least) < 0 || read.compareTo(most) > 0) {
            String upTo = most.equals(LockSettings.UNLIMITED) ? "UNLIMITED" : most.toString();
            throw refused(property, text, "a duration from " + least + " to " + upTo);
        }
        return read;
    }

    private static Reach reach(String text) throws InvalidPropertyException {
        return switch (text.trim().toUpperCase(Locale.ROOT)) {
            case "CLUSTER", "REDIS" -> Reach.CLUSTER;
            case "LOCAL" -> Reach.LOCAL;
            default -> throw refused("defaultReach", text, "CLUSTER (or REDIS) or LOCAL");
        };
    }

    private String namespace() throws InvalidPropertyException {
        String text = orEnvironment(properties.namespace(), DEFAULTS.namespace(), "GUARDED_NAMESPACE");
        return shown("namespace", text);
    }

    /** Checks a text that appears in keys, logs and messages. */
    static String shown(String property, String text) throws InvalidPropertyException {
        if (text.isBlank() || text.length() > 128 || text.chars().anyMatch(Character::isISOControl)) {
            throw refused(
                    property,
                    text.replaceAll("\\p{Cntrl}", "?"),
                    "1 to 128 characters, none of them a control character");
        }
        return text;
    }

    private static int maxInFlight(@Nullable Integer number) throws InvalidPropertyException {
        if (number == null || number < 1 || number > 10_000) {
            throw refused("maxInFlight", String.valueOf(number), "a number from 1 to 10000");
        }
        return number;
    }

    /** Returns the configured name, else the server's name for itself, else the host's. */
    private static String nodeName(String configured) {
        return Stream.of(
                        configured,
                        System.getProperty("jboss.node.name", ""),
                        System.getProperty("com.sun.aas.instanceName", ""),
                        System.getProperty("wlp.server.name", ""),
                        hostName())
                .filter(name -> !name.isBlank())
                .findFirst()
                .orElse("unnamed");
    }

    private static String hostName() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "";
        }
    }

    private static InvalidPropertyException refused(String property, String value, String allowed) {
        return new InvalidPropertyException(
                "GUARDED-0402 " + property + " is '" + value + "'; it must be " + allowed + ".");
    }
}
