// SPDX-License-Identifier: Apache-2.0
package dev.guarded.redis;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/**
 * Where a lock is kept: {@code namespace:{key}:l} and its companions, in one slot. Escaping is injective, so two keys
 * never share a place, and none leaves its namespace.
 */
final class Keys {

    private final String namespace;

    Keys(String namespace) {
        this.namespace = escape(namespace);
    }

    String lock(String key) {
        return namespace + ":{" + escape(key) + "}:l";
    }

    String queue(String key) {
        return namespace + ":{" + escape(key) + "}:q";
    }

    /** Returns lock, queue, waiters and fence. */
    List<String> all(String key) {
        String prefix = namespace + ":{" + escape(key) + "}:";
        return List.of(prefix + 'l', prefix + 'q', prefix + 'w', prefix + 'f');
    }

    String inboxPrefix() {
        return namespace + ":inbox:";
    }

    static String escape(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (!plain(text.charAt(i))) {
                return escapeBytes(text.getBytes(StandardCharsets.UTF_8));
            }
        }
        return text;
    }

    private static String escapeBytes(byte[] bytes) {
        StringBuilder out = new StringBuilder(bytes.length * 2);
        for (byte b : bytes) {
            char c = (char) (b & 0xff);
            if (plain(c)) {
                out.append(c);
            } else {
                out.append(String.format(Locale.ROOT, "%%%02X", (int) c));
            }
        }
        return out.toString();
    }

    private static boolean plain(char c) {
        return (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || (c >= '0' && c <= '9')
                || "-_.~/@+=,".indexOf(c) >= 0;
    }
}
