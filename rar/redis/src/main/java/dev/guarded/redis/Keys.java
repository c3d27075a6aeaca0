// SPDX-License-Identifier: Apache-2.0
package dev.guarded.redis;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * Where a lock is kept: {@code namespace:{key}:l} and its companions, in one slot. Escaping is injective, so two keys
 * never share a place, and none leaves its namespace.
 */
final class Keys {

    private static final int LONGEST_NAMESPACE = 128;

    private static final HexFormat HEX = HexFormat.of().withUpperCase();

    /** How many locks' places are remembered; a lock is used again and again, mostly. */
    private static final int REMEMBERED = 256;

    private final String namespace;
    private final AtomicReferenceArray<@Nullable Place> recent = new AtomicReferenceArray<>(REMEMBERED);

    /** The names of all that is kept for one key. */
    private record Place(String key, List<String> names, List<String> ofAcquire, List<String> ofRelease) {}

    Keys(String namespace) {
        if (namespace.isBlank() || namespace.length() > LONGEST_NAMESPACE) {
            throw new IllegalArgumentException("GUARDED-0310 The namespace '" + namespace + "' has "
                    + namespace.length() + " characters; it must have 1 to " + LONGEST_NAMESPACE
                    + ", not all blank. The usual one is 'guarded'.");
        }
        this.namespace = escape(namespace);
    }

    String lock(String key) {
        return all(key).get(0);
    }

    /** Returns lock, queue, waiters, fence, and of the leases that share it the ends and who they are. */
    List<String> all(String key) {
        return place(key).names();
    }

    /** Returns lock, queue and fence: acquire.lua makes the other names itself, if it needs them at all. */
    List<String> ofAcquire(String key) {
        return place(key).ofAcquire();
    }

    /** Returns lock and queue: release.lua and downgrade.lua make the other names themselves. */
    List<String> ofRelease(String key) {
        return place(key).ofRelease();
    }

    private Place place(String key) {
        int index = key.hashCode() & (REMEMBERED - 1);
        Place known = recent.get(index);
        if (known == null || !known.key().equals(key)) {
            List<String> names = names(key);
            known = new Place(key, names, List.of(names.get(0), names.get(1), names.get(3)), names.subList(0, 2));
            recent.set(index, known);
        }
        return known;
    }

    private List<String> names(String key) {
        String prefix = namespace + ":{" + escape(key) + "}:";
        return List.of(prefix + 'l', prefix + 'q', prefix + 'w', prefix + 'f', prefix + 'x', prefix + 's');
    }

    /** Returns a pattern for all that is kept for locks; nothing in an escaped text stands for something else. */
    String pattern() {
        return namespace + ":{*}:[lq]";
    }

    /** Returns the key of the lock that something is kept for, nothing if it is not of this namespace. */
    Optional<String> lockOf(String name) {
        String prefix = namespace + ":{";
        int end = name.length() - "}:l".length();
        return name.startsWith(prefix) && end >= prefix.length() && name.startsWith("}:", end)
                ? Optional.of(unescape(name.substring(prefix.length(), end)))
                : Optional.empty();
    }

    /** Returns where the namespace says which protocol is spoken in it. */
    String protocol() {
        return namespace + ":protocol";
    }

    /** Returns the channel on which a node is told what concerns it. */
    String inbox(String node) {
        return namespace + ":inbox:" + node;
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
                HEX.toHexDigits(out.append('%'), b);
            }
        }
        return out.toString();
    }

    /** Undoes {@link #escape}; what was not made by it comes out as something, and never fails. */
    static String unescape(String text) {
        if (text.indexOf('%') < 0) {
            return text;
        }
        byte[] bytes = new byte[text.length()];
        int size = 0;
        for (int i = 0; i < text.length(); i++) {
            boolean escaped = text.charAt(i) == '%' && i + 2 < text.length();
            int high = escaped ? Character.digit(text.charAt(i + 1), 16) : -1;
            int low = escaped ? Character.digit(text.charAt(i + 2), 16) : -1;
            if (high >= 0 && low >= 0) {
                bytes[size++] = (byte) (high * 16 + low);
                i += 2;
            } else {
                bytes[size++] = (byte) text.charAt(i);
            }
        }
        return new String(bytes, 0, size, StandardCharsets.UTF_8);
    }

    private static boolean plain(char c) {
        return (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || (c >= '0' && c <= '9')
                || "-_.~/@+=,".indexOf(c) >= 0;
    }
}
