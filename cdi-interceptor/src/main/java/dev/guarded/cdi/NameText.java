// SPDX-License-Identifier: Apache-2.0
package dev.guarded.cdi;

import java.lang.reflect.Method;
import java.time.temporal.TemporalAccessor;
import java.util.Calendar;
import java.util.Collection;
import java.util.Date;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.UUID;

/** Tells which values can name a lock: those whose text is the same for equal values, on every node. */
final class NameText {

    private static final String FROM_OBJECT_TO_OBJECT = "whose text differs from object to object, so that no two calls"
            + " would exclude each other. Write which of its properties names the lock.";
    private static final String IN_NO_ORDER =
            "whose text has no order that all nodes agree on. Write a list, a sorted set or a sorted map.";
    private static final String IN_ITS_ZONE =
            "whose text depends on the node's time zone. Write an Instant or another value of java.time.";

    private NameText() {}

    /** Returns why a value cannot name a lock and what to write instead, empty if it can. */
    static Optional<String> whyNot(Object value) {
        if (value instanceof Date || value instanceof Calendar) {
            return Optional.of(IN_ITS_ZONE);
        }
        if (value instanceof Map<?, ?> map) {
            return value instanceof SortedMap ? ofAny(map.values()) : Optional.of(IN_NO_ORDER);
        }
        if (value instanceof Collection<?> collection) {
            return ordered(collection) ? ofAny(collection) : Optional.of(IN_NO_ORDER);
        }
        return names(value) ? Optional.empty() : Optional.of(FROM_OBJECT_TO_OBJECT);
    }

    private static boolean ordered(Collection<?> collection) {
        return collection instanceof List || collection instanceof SortedSet || collection instanceof LinkedHashSet;
    }

    private static Optional<String> ofAny(Collection<?> parts) {
        return parts.stream()
                .flatMap(part -> part == null ? Optional.<String>empty().stream() : whyNot(part).stream())
                .findFirst();
    }

    private static boolean names(Object value) {
        if (value instanceof CharSequence
                || value instanceof Number
                || value instanceof Enum
                || value instanceof UUID
                || value instanceof TemporalAccessor) {
            return true;
        }
        return !value.getClass().isArray() && toString(value.getClass()).getDeclaringClass() != Object.class;
    }

    private static Method toString(Class<?> type) {
        try {
            return type.getMethod("toString");
        } catch (NoSuchMethodException impossible) {
            throw new AssertionError(impossible);
        }
    }
}
