// SPDX-License-Identifier: Apache-2.0
package dev.guarded.redis;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The parts of {@code redis[s]://[user:password@]host[:port][/database]}. Read by hand: {@link java.net.URI} refuses
 * host names with an underscore, and takes a part of an unescaped password for something that may be shown.
 */
record RedisUri(boolean tls, @Nullable String user, String password, String host, int port, int database) {

    private static final int DEFAULT_PORT = 6379;
    private static final int LAST_PORT = 65_535;
    private static final int LAST_DATABASE = 99_999;

    /**
     * Reads a URI. Shows of a bad one only what cannot be a part of a password that somebody forgot to escape.
     *
     * @throws IllegalArgumentException if it is not of this form
     */
    static RedisUri parse(@Nullable String text) {
        if (text == null || text.isBlank()) {
            throw refused("it is " + (text == null ? "null" : "empty"));
        }
        boolean tls = text.startsWith("rediss://");
        if (!tls && !text.startsWith("redis://")) {
            throw refused("it begins with neither redis:// nor rediss://");
        }
        String rest = text.substring(text.indexOf("://") + 3);
        int at = rest.lastIndexOf('@');
        String login = at < 0 ? "" : rest.substring(0, at);
        String place = rest.substring(at + 1);
        if (place.indexOf('?') >= 0 || place.indexOf('#') >= 0) {
            throw refused("it has a ? or a #, and takes neither a query nor a fragment");
        }
        int slash = place.indexOf('/');
        String address = slash < 0 ? place : place.substring(0, slash);
        int colon = address.lastIndexOf(':') > address.indexOf(']') ? address.lastIndexOf(':') : -1;
        String port = colon < 0 ? "" : address.substring(colon + 1);
        String database = slash < 0 ? "" : place.substring(slash + 1);
        int first = login.indexOf(':');
        return new RedisUri(
                tls,
                first <= 0 ? null : decoded(login.substring(0, first)),
                decoded(login.substring(first + 1)),
                host(colon < 0 ? address : address.substring(0, colon)),
                colon < 0 ? DEFAULT_PORT : number("port", port, 1, LAST_PORT),
                database.isEmpty() ? 0 : number("database", database, 0, LAST_DATABASE));
    }

    private static String host(String host) {
        if (host.isEmpty()) {
            throw refused("it names no host");
        }
        if (!host.matches("[\\p{L}\\p{N}._-]+|\\[[0-9A-Fa-f:.]+(%[\\p{L}\\p{N}._-]+)?]")) {
            throw refused("its host has a character that host names do not have; write IPv6 addresses in brackets");
        }
        return host;
    }

    private static int number(String what, String digits, int least, int most) {
        boolean number = digits.matches("\\d{1,9}");
        if (!number || Integer.parseInt(digits) < least || Integer.parseInt(digits) > most) {
            // Not the digits: where the host was forgotten, they are the password.
            throw refused("its " + what + " is " + (number ? "out of range" : "not a number") + ", and must be from "
                    + least + " to " + most);
        }
        return Integer.parseInt(digits);
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            // Its message repeats what it could not read, which may be the password.
            throw refused("its user or password has a % that no two hexadecimal digits follow; write %25 for a %");
        }
    }

    private static IllegalArgumentException refused(String why) {
        return new IllegalArgumentException("GUARDED-0301 The Redis URI cannot be used: " + why
                + ". Write redis://[user:password@]host[:port][/database], or rediss:// for TLS, and percent-encode"
                + " what is special in user and password.");
    }

    /** Shows neither user nor password. */
    @Override
    public String toString() {
        return (tls ? "rediss://" : "redis://") + host + ":" + port + (database == 0 ? "" : "/" + database);
    }
}
