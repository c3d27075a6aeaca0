// SPDX-License-Identifier: Apache-2.0
package dev.guarded.demo;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.Map;

/** The ports of this machine that the demo needs; it takes no others, so that what it prints is what one can type. */
final class Ports {

    static final int REDIS = 6399;
    static final int DATABASE = 9192;

    /** What the second server adds to each port of the first. */
    static final int OFFSET = 100;

    static final int WEB = 8080;
    static final int MANAGEMENT = 9990;

    private static final String LOOPBACK = "127.0.0.1";

    private Ports() {}

    /** Checks that all ports are free. */
    static void check() {
        Map.of(
                        REDIS,
                        "Redis",
                        DATABASE,
                        "the database",
                        WEB,
                        "node-one",
                        WEB + OFFSET,
                        "node-two",
                        MANAGEMENT,
                        "the management of node-one",
                        MANAGEMENT + OFFSET,
                        "the management of node-two")
                .entrySet()
                .stream()
                .sorted(Map.Entry.comparingByKey())
                .forEach(port -> check(port.getKey(), port.getValue()));
    }

    /**
     * Checks one port.
     *
     * @throws DemoException if another program listens there
     */
    static void check(int port, String forWhom) {
        try (ServerSocket socket = new ServerSocket()) {
            // Connections of the last demo that linger in TIME_WAIT take nothing.
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        } catch (IOException e) {
            throw new DemoException(
                    "Port " + port + " of " + LOOPBACK + " is taken and " + forWhom
                            + " needs it: stop the program that listens there (perhaps another demo) and run mvn -Pdemo again.",
                    e);
        }
    }
}
