// SPDX-License-Identifier: Apache-2.0
package dev.guarded.arquillian.paths;

import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;

/** Work that is left for a timer or a message, which can carry only its name. */
final class Tasks {

    private static final Map<String, Runnable> LEFT = new ConcurrentHashMap<>();

    private Tasks() {}

    static void leave(String name, Runnable work) {
        LEFT.put(name, work);
    }

    static Runnable take(String name) {
        return Objects.requireNonNull(LEFT.remove(name), name);
    }
}
