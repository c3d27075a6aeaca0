// SPDX-License-Identifier: Apache-2.0
package dev.guarded.redis;

import java.time.Duration;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Where a Redis server is and how to log in. Its texts never show a secret.
 *
 * <p>As a URI: {@code redis://[user:password@]host[:port][/database]}, or {@code rediss://} for TLS, with the server's
 * certificate and host name verified.
 */
public final class RedisTarget {

    /** The shortest that a time-out may be: none at all would mean to wait for ever. */
    public static final Duration SHORTEST_TIMEOUT = Duration.ofMillis(1);

    /** The longest that a time-out may be. */
    public static final Duration LONGEST_TIMEOUT = Duration.ofMinutes(5);

    private static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(2);

    private final RedisUri uri;
    private final @Nullable String user;
    private final char[] password;
    private final Duration connectTimeout;
    private final Duration commandTimeout;

    private RedisTarget(
            RedisUri uri, @Nullable String user, char[] password, Duration connectTimeout, Duration commandTimeout) {
        this.uri = uri;
        this.user = user;
        this.password = password;
        this.connectTimeout = connectTimeout;
        this.commandTimeout = commandTimeout;
    }

    /**
     * Reads a URI.
     *
     * @param text the URI
     * @return the target, with time-outs of 2 s
     * @throws IllegalArgumentException if it is not of the form above; the message names the part, never the password
     */
    public static RedisTarget parse(String text) {
        RedisUri read = RedisUri.parse(text);
        // Keeps the password in one place, which no toString shows.
        RedisUri open = new RedisUri(read.tls(), null, "", read.host(), read.port(), read.database());
        return new RedisTarget(open, read.user(), read.password().toCharArray(), DEFAULT_TIMEOUT, DEFAULT_TIMEOUT);
    }

    /**
     * Returns the same target with other credentials.
     *
     * @param otherUser the ACL user, null for the default user
     * @param otherPassword the password, empty for none; copied
     */
    public RedisTarget withCredentials(@Nullable String otherUser, char[] otherPassword) {
        return new RedisTarget(uri, otherUser, otherPassword.clone(), connectTimeout, commandTimeout);
    }

    /**
     * Returns the same target with other time-outs.
     *
     * @param connect the longest wait for a connection, in milliseconds, {@link #SHORTEST_TIMEOUT} to
     *     {@link #LONGEST_TIMEOUT}
     * @param command the longest wait for a reply, in the same range
     * @throws IllegalArgumentException if one is out of range
     */
    public RedisTarget withTimeouts(Duration connect, Duration command) {
        return new RedisTarget(uri, user, password, checked("connect", connect), checked("command", command));
    }

    /** Returns the same target with time-outs that are no longer than that. */
    RedisTarget within(Duration patience) {
        return new RedisTarget(
                uri, user, password, shorter(connectTimeout, patience), shorter(commandTimeout, patience));
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    private static Duration checked(String what, Duration timeout) {
        if (timeout.compareTo(SHORTEST_TIMEOUT) < 0 || timeout.compareTo(LONGEST_TIMEOUT) > 0) {
            throw new IllegalArgumentException("GUARDED-0311 The " + what + " timeout of " + timeout
                    + " is out of range; it must be from " + SHORTEST_TIMEOUT.toMillis() + " ms to "
                    + LONGEST_TIMEOUT.toMinutes() + " min. The usual one is 2 s.");
        }
        return timeout;
    }

    String host() {
        return uri.host();
    }

    int port() {
        return uri.port();
    }

    int database() {
        return uri.database();
    }

    boolean tls() {
        return uri.tls();
    }

    @Nullable
    String user() {
        return user;
    }

    char[] password() {
        return password;
    }

    Duration connectTimeout() {
        return connectTimeout;
    }

    Duration commandTimeout() {
        return commandTimeout;
    }

    /** Returns the URI without user and password. */
    public String address() {
        return uri.toString();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof RedisTarget that
                && uri.equals(that.uri)
                && Objects.equals(user, that.user)
                && Arrays.equals(password, that.password)
                && connectTimeout.equals(that.connectTimeout)
                && commandTimeout.equals(that.commandTimeout);
    }

    @Override
    public int hashCode() {
        return Objects.hash(uri, user, connectTimeout, commandTimeout);
    }

    @Override
    public String toString() {
        return address();
    }
}
