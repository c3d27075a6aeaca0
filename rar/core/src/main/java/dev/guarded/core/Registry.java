// SPDX-License-Identifier: Apache-2.0
package dev.guarded.core;

import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Keeps one value for each key for as long as somebody else keeps the value: a lease, a waiter, or the application.
 *
 * @param <K> the keys
 * @param <V> the values
 */
final class Registry<K, V> {

    private final Map<K, Entry<K, V>> entries = new ConcurrentHashMap<>();
    private final ReferenceQueue<V> collected = new ReferenceQueue<>();
    private final Consumer<Pin> forgotten;

    /**
     * Creates an empty registry.
     *
     * @param forgotten told once of each value that was collected, by what it was pinned with
     */
    Registry(Consumer<Pin> forgotten) {
        this.forgotten = forgotten;
    }

    private static final class Entry<K, V> extends WeakReference<V> {

        private final K key;

        /** Reachable for as long as the entry is, and through it whatever the pin keeps. */
        private final Pin pin;

        Entry(K key, V value, Pin pin, ReferenceQueue<V> collected) {
            super(value, collected);
            this.key = key;
            this.pin = pin;
        }
    }

    @Nullable
    V get(K key) {
        Entry<K, V> entry = entries.get(key);
        return entry == null ? null : entry.get();
    }

    /** Returns the value of a key, made now if there is none; the pin it is made with can keep it here. */
    V getOrCreate(K key, Function<Pin, V> creation) {
        V present = get(key);
        if (present != null) {
            return present;
        }
        shrink();
        List<V> kept = new ArrayList<>(1);
        entries.compute(key, (k, entry) -> {
            V value = entry == null ? null : entry.get();
            if (entry != null && value != null) {
                kept.add(value);
                return entry;
            }
            Pin pin = new Pin();
            V created = creation.apply(pin);
            kept.add(created);
            return new Entry<>(k, created, pin, collected);
        });
        return kept.get(0);
    }

    /** Forgets a value; returns whether it was there. */
    boolean remove(K key, V value) {
        List<V> removed = new ArrayList<>(1);
        entries.computeIfPresent(key, (k, entry) -> {
            if (entry.get() != value) {
                return entry;
            }
            removed.add(value);
            return null;
        });
        return !removed.isEmpty();
    }

    List<V> values() {
        shrink();
        List<V> values = new ArrayList<>();
        for (Entry<K, V> entry : entries.values()) {
            V value = entry.get();
            if (value != null) {
                values.add(value);
            }
        }
        return values;
    }

    /** Returns the pins of all values, also of those that are gone and not forgotten yet. */
    List<Pin> pins() {
        return entries.values().stream().map(entry -> entry.pin).toList();
    }

    /** Forgets what was collected since the last use of this registry. */
    @SuppressWarnings("unchecked")
    void shrink() {
        for (Object gone = collected.poll(); gone != null; gone = collected.poll()) {
            Entry<K, V> entry = (Entry<K, V>) gone;
            entries.remove(entry.key, entry);
            forgotten.accept(entry.pin);
        }
    }
}
