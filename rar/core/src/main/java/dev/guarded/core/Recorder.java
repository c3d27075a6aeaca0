// SPDX-License-Identifier: Apache-2.0
package dev.guarded.core;

/** The flight recorder of this JVM, if there is one and the server lets us see it. Costs next to nothing unasked. */
final class Recorder {

    static final Recording JVM = isVisible() ? new FlightRecording() : new Recording();

    private Recorder() {}

    private static boolean isVisible() {
        try {
            Class.forName("jdk.jfr.Event", false, Recorder.class.getClassLoader());
            return true;
        } catch (ClassNotFoundException | LinkageError hidden) {
            return false;
        }
    }
}
