// SPDX-License-Identifier: Apache-2.0
package dev.guarded.core;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;

/** How a holder names itself in the store: {@code node|application|thread}, each part percent-encoded and cut. */
final class HolderText {

    private static final int MOST_CHARACTERS = 64;
    private static final HexFormat HEX = HexFormat.of().withUpperCase();

    private HolderText() {}

    static String of(String node, String application, String thread) {
        return encode(node) + '|' + encode(application) + '|' + encode(thread);
    }

    /** Returns the three parts; what is missing is empty. */
    static List<String> parts(String text) {
        String[] parts = text.split("\\|", -1);
        return List.of(part(parts, 0), part(parts, 1), part(parts, 2));
    }

    private static String part(String[] parts, int index) {
        return index < parts.length ? decode(parts[index]) : "";
    }

    static String encode(String text) {
        String cut = text.length() <= MOST_CHARACTERS ? text : text.substring(0, MOST_CHARACTERS);
        for (int i = 0; i < cut.length(); i++) {
            if (!plain(cut.charAt(i))) {
                return encodeBytes(cut.getBytes(StandardCharsets.UTF_8));
            }
        }
        return cut;
    }

    private static String encodeBytes(byte[] bytes) {
        StringBuilder out = new StringBuilder(bytes.length + 16);
        for (byte b : bytes) {
            if (plain((char) (b & 0xff))) {
                out.append((char) b);
            } else {
                HEX.toHexDigits(out.append('%'), b);
            }
        }
        return out.toString();
    }

    private static String decode(String text) {
        byte[] bytes = new byte[text.length()];
        int size = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            int high = c == '%' && i + 2 < text.length() ? Character.digit(text.charAt(i + 1), 16) : -1;
            int low = high >= 0 ? Character.digit(text.charAt(i + 2), 16) : -1;
            if (low >= 0) {
                bytes[size++] = (byte) (high * 16 + low);
                i += 2;
            } else {
                bytes[size++] = (byte) (c < 0x7f ? c : '?');
            }
        }
        return new String(bytes, 0, size, StandardCharsets.UTF_8);
    }

    private static boolean plain(char c) {
        return c > ' ' && c < 0x7f && c != '%' && c != '|' && c != ':' && c != '"';
    }
}
