// SPDX-License-Identifier: Apache-2.0
package dev.guarded.connector;

import java.lang.ref.Reference;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Every object of ours, and of the client, that can be reached from some: each has a text that somebody may log. */
final class Reachable {

    private final Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    private final Deque<Object> open = new ArrayDeque<>();

    private Reachable() {}

    /** Returns them all, the first ones included. */
    static Stream<Object> from(Object... first) {
        Reachable reachable = new Reachable();
        for (Object object : first) {
            reachable.found(object);
        }
        while (!reachable.open.isEmpty()) {
            reachable.enter(reachable.open.remove());
        }
        return reachable.seen.stream().filter(Reachable::ours);
    }

    /** Tells whether an object itself keeps that text, in a string or as characters. */
    static boolean keeps(Object object, String text) {
        return fields(object)
                .anyMatch(value -> text.equals(value)
                        || (value instanceof char[] characters && Arrays.equals(characters, text.toCharArray())));
    }

    private static boolean ours(Object object) {
        String name = object.getClass().getName();
        return name.startsWith("dev.guarded.") || name.startsWith("redis.clients.");
    }

    private void found(@Nullable Object object) {
        if (object != null && seen.add(object)) {
            open.add(object);
        }
    }

    private void enter(Object object) {
        if (ours(object)) {
            fields(object).forEach(this::found);
        } else if (object instanceof Object[] elements) {
            Arrays.stream(elements).forEach(this::found);
        } else if (object instanceof Iterable<?> elements) {
            elements.forEach(this::found);
        } else if (object instanceof Map<?, ?> entries) {
            entries.forEach((key, value) -> {
                found(key);
                found(value);
            });
        } else if (object instanceof AtomicReference<?> box) {
            found(box.get());
        } else if (object instanceof Reference<?> box) {
            found(box.get());
        } else if (object instanceof Optional<?> box) {
            found(box.orElse(null));
        }
    }

    private static Stream<Object> fields(Object object) {
        return Stream.<Class<?>>iterate(object.getClass(), type -> type != Object.class, Class::getSuperclass)
                .flatMap(type -> Arrays.stream(type.getDeclaredFields()))
                .filter(field -> !field.getType().isPrimitive() && !Modifier.isStatic(field.getModifiers()))
                .filter(Field::trySetAccessible)
                .map(field -> value(field, object))
                .flatMap(Stream::ofNullable);
    }

    private static @Nullable Object value(Field field, Object object) {
        try {
            return field.get(object);
        } catch (IllegalAccessException e) {
            throw new AssertionError(field + " was made accessible", e);
        }
    }
}
