// SPDX-License-Identifier: Apache-2.0
package dev.guarded.demo;

import java.time.Duration;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a server answered; the demo needs too little of its JSON to bring a parser along.
 *
 * @param status the HTTP status, or 0 if there was no answer
 * @param body the text, or why there was no answer
 * @param took how long it took, on this machine's clock
 */
record Answer(int status, String body, Duration took) {

    /** Returns the first number of that name, or 0. */
    long number(String name) {
        Matcher matcher =
                Pattern.compile('"' + Pattern.quote(name) + "\":(-?\\d+)").matcher(body);
        return matcher.find() ? Long.parseLong(matcher.group(1)) : 0;
    }

    /** Returns whether that lock is in the list, held by anybody. */
    boolean holds(String lock) {
        return body.contains("\"lock\":\"" + lock + '"');
    }

    /** Returns whether that lock is in the list, held by that node. */
    boolean holds(String lock, String node) {
        String entry = "\\{[^{}]*\"lock\":\"" + Pattern.quote(lock) + "\"[^{}]*\"node\":\"" + Pattern.quote(node) + '"';
        return Pattern.compile(entry).matcher(body).find();
    }

    String seconds() {
        return String.format(Locale.ROOT, "%.1f s", took.toMillis() / 1000.0);
    }
}
