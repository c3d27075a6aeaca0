// SPDX-License-Identifier: Apache-2.0
package dev.guarded.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;

/** This machine as its own tests see it: 127.0.0.1, also where the JVM prefers IPv6. */
public final class Loopback {

    private static final InetAddress ADDRESS = address();

    private Loopback() {}

    /** Returns a port on which nobody listened a moment ago; somebody may take it before the caller does. */
    public static int freePort() {
        try (ServerSocket probe = new ServerSocket(0, 1, ADDRESS)) {
            return probe.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException("127.0.0.1 has no free port", e);
        }
    }

    static InetSocketAddress at(int port) {
        return new InetSocketAddress(ADDRESS, port);
    }

    private static InetAddress address() {
        try {
            return InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
        } catch (UnknownHostException e) {
            throw new AssertionError("four bytes are an address", e);
        }
    }
}
