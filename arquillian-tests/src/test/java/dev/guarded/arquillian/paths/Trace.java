// SPDX-License-Identifier: Apache-2.0
package dev.guarded.arquillian.paths;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;

/** What happened when, by the one clock of this JVM. One path is walked at a time. */
final class Trace {

    private static final Queue<String> EVENTS = new ConcurrentLinkedQueue<>();

    private Trace() {}

    static void clear() {
        EVENTS.clear();
    }

    static void note(String event) {
        EVENTS.add(System.nanoTime() + "\t" + Thread.currentThread().getName() + "\t" + event.replaceAll("\\s+", " "));
    }

    /** Returns a line for each event: nanoseconds, thread, event. */
    static String text() {
        return EVENTS.stream().collect(Collectors.joining("\n"));
    }
}
