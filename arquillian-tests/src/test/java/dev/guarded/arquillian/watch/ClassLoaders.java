// SPDX-License-Identifier: Apache-2.0
package dev.guarded.arquillian.watch;

import java.lang.ref.WeakReference;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * The class loaders that have come and gone. All applications of a server have nothing in common but the JDK, so it is
 * among the system's properties, made of the JDK's classes alone.
 */
public final class ClassLoaders {

    private static final String KEY = "guarded.test.class-loaders";

    private ClassLoaders() {}

    /** Notes a class loader once, and does not keep it alive. */
    public static void note(String name, ClassLoader loader) {
        if (all().stream().noneMatch(noted -> noted.getValue().refersTo(loader))) {
            all().add(Map.entry(name, new WeakReference<>(loader)));
        }
    }

    @SuppressWarnings("unchecked") // nobody else uses the key
    static Queue<Map.Entry<String, WeakReference<ClassLoader>>> all() {
        return (Queue<Map.Entry<String, WeakReference<ClassLoader>>>)
                System.getProperties().computeIfAbsent(KEY, key -> new ConcurrentLinkedQueue<>());
    }
}
