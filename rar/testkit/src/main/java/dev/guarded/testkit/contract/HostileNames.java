// SPDX-License-Identifier: Apache-2.0
package dev.guarded.testkit.contract;

import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;

/** Names that an application has every right to use, and that careless escaping would mix up. */
final class HostileNames {

    private static final int MOST_BYTES = 512;

    private HostileNames() {}

    /**
     * Returns names that are all different and all allowed.
     *
     * @param prefix what each begins with, so that no other test uses them
     */
    static List<String> distinct(String prefix) {
        String accented = "é";
        List<String> names = new ArrayList<>(List.of(
                prefix,
                prefix + " ",
                prefix + "a:b",
                prefix + "a%3Ab",
                prefix + "a%3ab",
                prefix + "a{b}c",
                prefix + "a{b}d",
                prefix + "a}b{c",
                prefix + "{}",
                prefix + "%7B%7D",
                prefix + "{" + prefix + "}:q",
                prefix + ":q",
                prefix + ":l",
                prefix + "*",
                prefix + "?",
                prefix + "[ab]",
                prefix + "a|b",
                prefix + "a,b=c\"d'e\\f",
                prefix + "$(id) #{p0} ${p0}",
                prefix + "./../" + prefix,
                prefix + "A",
                prefix + "a",
                prefix + accented,
                prefix + Normalizer.normalize(accented, Normalizer.Form.NFD),
                prefix + "ÿ",
                prefix + "\u200b",
                prefix + "\u202e",
                prefix + "日本",
                prefix + "\uD83D\uDD12"));
        names.add(longest(prefix));
        return names;
    }

    /** Returns a name of exactly 512 bytes of UTF-8, the most there may be. */
    static String longest(String prefix) {
        return prefix + "x".repeat(MOST_BYTES - prefix.getBytes(StandardCharsets.UTF_8).length);
    }
}
