// SPDX-License-Identifier: Apache-2.0
package dev.guarded.redis;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
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

    private static final int DEFAULT_PORT = 6379;
    private static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(2);

    private final String host;
    private final int port;
    private final int database;
    private final boolean tls;
    private final @Nullable String user;
    private final char[] password;
    private final Duration connectTimeout;
    private final Duration commandTimeout;

    private RedisTarget(
            String host,
            int port,
            int database,
            boolean tls,
            @Nullable String user,
            char[] password,
            Duration connectTimeout,
            Duration commandTimeout) {
        this.host = host;
        this.port = port;
        this.database = database;
        this.tls = tls;
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
        URI uri;
        try {
            uri = new URI(Objects.requireNonNull(text, "uri"));
        } catch (URISyntaxException e) {
            // The exception's text repeats the URI, password and all: only the place is passed on.
            throw refused("it is no URI: " + e.getReason() + " at index " + e.getIndex());
        }
        String scheme = uri.getScheme();
        if (!"redis".equals(scheme) && !"rediss".equals(scheme)) {
            throw refused("its scheme is '" + scheme + "'");
        }
        if (uri.getHost() == null || uri.getHost().isEmpty()) {
            throw refused("it names no host");
        }
        String userInfo = uri.getRawUserInfo();
        int colon = userInfo == null ? -1 : userInfo.indexOf(':');
        String user = userInfo == null || colon <= 0 ? null : decoded(userInfo.substring(0, colon));
        char[] password = userInfo == null
                ? new char[0]
                : decoded(userInfo.substring(colon + 1)).toCharArray();
        int port = uri.getPort() < 0 ? DEFAULT_PORT : uri.getPort();
        return new RedisTarget(
                uri.getHost(),
                port,
                database(uri.getPath()),
                scheme.equals("rediss"),
                user,
                password,
                DEFAULT_TIMEOUT,
                DEFAULT_TIMEOUT);
    }

    private static int database(@Nullable String path) {
        if (path == null || path.isEmpty() || path.equals("/")) {
            return 0;
        }
        if (!path.matches("/\\d{1,5}")) {
            throw refused("its database is '" + path.substring(1) + "', which must be a number from 0 to 99999");
        }
        return Integer.parseInt(path.substring(1));
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    private static IllegalArgumentException refused(String why) {
        return new IllegalArgumentException("GUARDED-0301 The Redis URI cannot be used: " + why
                + ". Write redis://[user:password@]host[:port][/database], or rediss:// for TLS.");
    }

    /**
     * Returns the same target with other credentials.
     *
     * @param otherUser the ACL user, null for the default user
     * @param otherPassword the password, empty for none; not copied
     */
    public RedisTarget withCredentials(@Nullable String otherUser, char[] otherPassword) {
        return new RedisTarget(host, port, database, tls, otherUser, otherPassword, connectTimeout, commandTimeout);
    }

    /**
     * Returns the same target with other time-outs.
     *
     * @param connect the longest wait for a connection, in milliseconds, at least 1
     * @param command the longest wait for a reply, in milliseconds, at least 1
     */
    public RedisTarget withTimeouts(Duration connect, Duration command) {
        return new RedisTarget(host, port, database, tls, user, password, connect, command);
    }

    String host() {
        return host;
    }

    int port() {
        return port;
    }

    int database() {
        return database;
    }

    boolean tls() {
        return tls;
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
        return (tls ? "rediss://" : "redis://") + host + ":" + port + (database == 0 ? "" : "/" + database);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof RedisTarget that
                && address().equals(that.address())
                && Objects.equals(user, that.user)
                && Arrays.equals(password, that.password)
                && connectTimeout.equals(that.connectTimeout)
                && commandTimeout.equals(that.commandTimeout);
    }

    @Override
    public int hashCode() {
        return Objects.hash(address(), user, connectTimeout, commandTimeout);
    }

    @Override
    public String toString() {
        return address();
    }
}
