// SPDX-License-Identifier: Apache-2.0
package dev.guarded.arquillian.inbound;

/** What happened, in order, for all applications of a server: they have nothing in common but its system properties. */
final class Journal {

    private static final String KEY = "guarded.test.inbound.journal";

    private Journal() {}

    static void note(String event) {
        synchronized (System.getProperties()) {
            System.setProperty(KEY, read() + event + "\n");
        }
    }

    static String read() {
        return System.getProperty(KEY, "");
    }
}
