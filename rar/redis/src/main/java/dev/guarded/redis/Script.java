// SPDX-License-Identifier: Apache-2.0
package dev.guarded.redis;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Objects;

/** The scripts of the protocol, each one round trip that the server executes atomically. */
public enum Script {
    /** Asks for a lock or a place in its queue. */
    ACQUIRE("acquire.lua"),
    /** Gives a lock or a place in its queue back. */
    RELEASE("release.lua"),
    /** Extends many leases at once. */
    RENEW("renew.lua"),
    /** Turns a lease that has a lock alone into one that shares it. */
    DOWNGRADE("downgrade.lua"),
    /** Lists the keys of locks. */
    KEYS("keys.lua"),
    /** Agrees on one protocol with all who use a namespace. */
    PROTOCOL("protocol.lua"),
    /** Tells who has a lock. */
    INSPECT("inspect.lua");

    private static final String INCLUDED = "-- include grant.lua";

    private final String text;
    private final String digest;

    Script(String resource) {
        this.text = read(resource).replace(INCLUDED, read("grant.lua"));
        this.digest = sha1(text);
    }

    /** Returns what the server runs. */
    String text() {
        return text;
    }

    /** Returns the name under which the server keeps it: the SHA-1 of its text, in hexadecimal digits. */
    String digest() {
        return digest;
    }

    private static String read(String resource) {
        try (InputStream in = Objects.requireNonNull(Script.class.getResourceAsStream(resource), resource)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String sha1(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-1").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-1", e);
        }
    }
}
