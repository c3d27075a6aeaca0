// SPDX-License-Identifier: Apache-2.0
package dev.guarded.cdi;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Splits what is written in the annotation into literals, expressions and settings, once: what an expression or a
 * setting yields is data and never looked into again.
 */
final class TemplateText {

    /** A stretch of the text, without its brackets. */
    sealed interface Piece {

        /** Text as it is. */
        record Literal(String text) implements Piece {}

        /** What stands in <code>#{…}</code>. */
        record Expression(String source) implements Piece {}

        /** What stands in <code>${…}</code>. */
        record Setting(String text) implements Piece {}
    }

    private TemplateText() {}

    /**
     * Splits a text.
     *
     * @throws IllegalArgumentException if a bracket is not closed or is empty
     */
    static List<Piece> split(String text) {
        List<Piece> pieces = new ArrayList<>();
        int from = 0;
        for (int at = opening(text, 0); at >= 0; at = opening(text, from)) {
            boolean expression = text.charAt(at) == '#';
            int end = closing(text, at + 2, expression);
            if (end < 0) {
                throw new IllegalArgumentException(
                        "GUARDED-0502 '" + text.substring(at) + "' has no closing brace; write }.");
            }
            String content = text.substring(at + 2, end).trim();
            if (content.isEmpty()) {
                throw new IllegalArgumentException("GUARDED-0502 '" + text.substring(at, end + 1) + "' is empty; write "
                        + (expression ? "#{p0} for the first parameter." : "${a.key}."));
            }
            if (at > from) {
                pieces.add(new Piece.Literal(text.substring(from, at)));
            }
            pieces.add(expression ? new Piece.Expression(content) : new Piece.Setting(content));
            from = end + 1;
        }
        if (from < text.length()) {
            pieces.add(new Piece.Literal(text.substring(from)));
        }
        return pieces;
    }

    /**
     * Replaces the settings of a text.
     *
     * @throws IllegalArgumentException if a bracket is not closed, a key is not configured and has no default, or the
     *     text has an expression
     */
    static String configured(String text, Configuration configuration) {
        return split(text).stream().map(piece -> literal(piece, configuration)).collect(Collectors.joining());
    }

    private static String literal(Piece piece, Configuration configuration) {
        if (piece instanceof Piece.Expression expression) {
            throw new IllegalArgumentException("GUARDED-0502 #{" + expression.source()
                    + "} is not possible here; only a name can depend on the parameters. Write a value or ${a.key}.");
        }
        return piece instanceof Piece.Setting setting ? value(setting, configuration) : ((Piece.Literal) piece).text();
    }

    /** Returns the value of a setting, which may have a default after a colon. */
    static String value(Piece.Setting setting, Configuration configuration) {
        int colon = setting.text().indexOf(':');
        String key = colon < 0 ? setting.text() : setting.text().substring(0, colon);
        return configuration.value(key.trim()).orElseGet(() -> {
            if (colon < 0) {
                throw new IllegalArgumentException("GUARDED-0505 ${" + key + "} is not configured (looked in "
                        + configuration.sources() + "). Configure '" + key + "', or write ${" + key + ":a default}.");
            }
            return setting.text().substring(colon + 1);
        });
    }

    private static int opening(String text, int from) {
        for (int i = from; i + 1 < text.length(); i++) {
            if (text.charAt(i + 1) == '{' && (text.charAt(i) == '#' || text.charAt(i) == '$')) {
                return i;
            }
        }
        return -1;
    }

    /** Finds the closing brace, over braces in pairs and, in an expression, over string literals. */
    private static int closing(String text, int from, boolean expression) {
        int depth = 1;
        for (int i = from; i < text.length(); i++) {
            char c = text.charAt(i);
            if (expression && (c == '\'' || c == '"')) {
                i = endOfString(text, i);
            } else if (c == '{') {
                depth++;
            } else if (c == '}' && --depth == 0) {
                return i;
            }
        }
        return -1;
    }

    private static int endOfString(String text, int quote) {
        for (int i = quote + 1; i < text.length(); i++) {
            if (text.charAt(i) == '\\') {
                i++;
            } else if (text.charAt(i) == text.charAt(quote)) {
                return i;
            }
        }
        return text.length();
    }
}
