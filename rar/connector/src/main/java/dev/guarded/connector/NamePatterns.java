// SPDX-License-Identifier: Apache-2.0
package dev.guarded.connector;

import jakarta.resource.spi.InvalidPropertyException;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Patterns of lock names: {@code *} stands for any text, {@code ?} for one character, everything else for itself. */
final class NamePatterns {

    private final List<Pattern> patterns;

    private NamePatterns(List<Pattern> patterns) {
        this.patterns = patterns;
    }

    /** Reads patterns separated by commas. */
    static NamePatterns parse(String property, String text) throws InvalidPropertyException {
        List<String> globs = Stream.of(text.split(",", -1)).map(String::strip).toList();
        if (globs.stream().anyMatch(String::isEmpty)) {
            throw new InvalidPropertyException("GUARDED-0402 " + property + " is '" + text
                    + "'; it must be one or more patterns of lock names, such as 'merchant:*', separated by commas."
                    + " A '?' stands for any character, also for a comma.");
        }
        return new NamePatterns(globs.stream().map(NamePatterns::compiled).toList());
    }

    private static Pattern compiled(String glob) {
        String regex = glob.codePoints()
                .mapToObj(each -> each == '*' ? ".*" : each == '?' ? "." : Pattern.quote(Character.toString(each)))
                .collect(Collectors.joining());
        return Pattern.compile(regex, Pattern.DOTALL);
    }

    boolean match(String name) {
        return patterns.stream().anyMatch(pattern -> pattern.matcher(name).matches());
    }
}
