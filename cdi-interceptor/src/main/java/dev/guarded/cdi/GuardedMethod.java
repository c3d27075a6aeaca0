// SPDX-License-Identifier: Apache-2.0
package dev.guarded.cdi;

import dev.guarded.lock.LockManager;
import dev.guarded.lock.LockSettings;
import dev.guarded.lock.NamedLock;
import jakarta.enterprise.inject.spi.BeanManager;
import java.lang.reflect.Array;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * All that is decided about a guarded method before it is called.
 *
 * @param place the method
 * @param names the names of its locks, at least one
 * @param timeout the wait, empty if it is the adapter's
 * @param settings the locks' settings, empty if they are as registered or the adapter's
 * @param onTimeout the answer to contention
 * @param adapter the JNDI name of its manager, empty if it is the usual one
 */
record GuardedMethod(
        Place place,
        List<NameTemplate> names,
        Optional<Duration> timeout,
        Optional<LockSettings> settings,
        OnTimeout onTimeout,
        Optional<String> adapter) {

    /**
     * Reads what is written for a method. What is wrong goes to the findings; then the result must not be used.
     */
    static GuardedMethod read(
            Place place, Guarded guarded, Configuration configuration, Expressions expressions, Findings findings) {
        List<NameTemplate> names = new ArrayList<>();
        for (String name : guarded.value()) {
            try {
                names.add(NameTemplate.read(name, place, configuration, expressions));
            } catch (IllegalArgumentException e) {
                findings.add(place, e);
            }
        }
        if (guarded.value().length == 0) {
            findings.add(
                    place,
                    new IllegalArgumentException(
                            "GUARDED-0504 @Guarded({}) names no lock. Write a name, such as @Guarded(\"orders\")."));
        }
        Attributes attributes = new Attributes(place, guarded, configuration, findings);
        OnTimeout onTimeout = attributes.onTimeout();
        return new GuardedMethod(
                place,
                List.copyOf(names),
                attributes.timeout(onTimeout),
                attributes.settings(),
                onTimeout,
                attributes.adapter());
    }

    /** Returns the locks of a call, in the order in which the names are written. */
    List<NamedLock> locks(LockManager manager, @Nullable Object[] arguments, BeanManager beans) {
        // All names first: a null in the second must not have created the first lock.
        List<String> called =
                names.stream().map(name -> name.nameFor(arguments, beans)).toList();
        return called.stream().map(name -> lock(manager, name)).toList();
    }

    private NamedLock lock(LockManager manager, String name) {
        return settings.isPresent() ? manager.getOrCreateLock(name, settings.get()) : manager.getOrCreateLock(name);
    }

    Duration wait(LockManager manager) {
        return timeout.orElseGet(() -> onTimeout == OnTimeout.SKIP ? Duration.ZERO : manager.defaultTimeout());
    }

    /** Tells whether the lock is kept until a stage has completed, and not only for the method. */
    boolean returnsStage() {
        return CompletionStage.class.isAssignableFrom(place.method().getReturnType());
    }

    /** Tells whether what is returned may be a stage, though that is not written: as Object, or by a type variable. */
    boolean mayReturnStage() {
        return returnsStage() || place.method().getReturnType() == Object.class;
    }

    /** Tells whether the method may return such an object. */
    boolean returns(@Nullable Object result) {
        return result == null || place.method().getReturnType().isInstance(result);
    }

    /** Returns what a skipped call returns: null, zero for a primitive, a completed stage of null for a stage. */
    @Nullable
    Object skipped() {
        Class<?> type = place.method().getReturnType();
        if (returnsStage()) {
            Object nothing = CompletableFuture.completedFuture(null);
            return returns(nothing) ? nothing : null;
        }
        return type.isPrimitive() && type != void.class ? Array.get(Array.newInstance(type, 1), 0) : null;
    }
}
