// SPDX-License-Identifier: Apache-2.0
package dev.guarded.lock;

import java.time.DateTimeException;
import java.time.Duration;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads durations as they are written in annotations and configuration. */
public final class DurationText {

    private static final Pattern SHORT = Pattern.compile("(\\d{1,18})(ms|s|m|h)");

    private DurationText() {}

    /**
     * Reads a duration: {@code 500ms}, {@code 30s}, {@code 2m}, {@code 1h}, ISO-8601 such as {@code PT30S}, or
     * {@code UNLIMITED}.
     *
     * @param text the text; white space around it is ignored
     * @return the duration, at least zero; {@link LockSettings#UNLIMITED} for {@code UNLIMITED}
     * @throws IllegalArgumentException if the text is none of these; the message names it
     */
    public static Duration parse(String text) {
        String trimmed = Objects.requireNonNull(text, "text").trim();
        if (trimmed.equals("UNLIMITED")) {
            return LockSettings.UNLIMITED;
        }
        Matcher matcher = SHORT.matcher(trimmed);
        try {
            Duration read = matcher.matches()
                    ? of(Long.parseLong(matcher.group(1)), matcher.group(2))
                    : Duration.parse(trimmed.toUpperCase(Locale.ROOT));
            if (!read.isNegative()) {
                return read;
            }
        } catch (DateTimeException | ArithmeticException e) {
            throw refused(text, e);
        }
        throw refused(text, null);
    }

    private static Duration of(long amount, String unit) {
        return switch (unit) {
            case "ms" -> Duration.ofMillis(amount);
            case "s" -> Duration.ofSeconds(amount);
            case "m" -> Duration.ofMinutes(amount);
            default -> Duration.ofHours(amount);
        };
    }

    private static IllegalArgumentException refused(String text, @Nullable Exception cause) {
        return new IllegalArgumentException(
                "GUARDED-0005 '" + text + "' is not a duration. Write a number with its unit and no space, such as"
                        + " 500ms, 30s, 2m or 1h, or ISO-8601 such as PT30S, or UNLIMITED.",
                cause);
    }
}
