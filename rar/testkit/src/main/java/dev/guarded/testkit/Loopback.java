// SPDX-License-Identifier: Apache-2.0
package dev.guarded.testkit;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;

/** This machine as its own tests see it: 127.0.0.1, also where the JVM prefers IPv6. */
public final class Loopback {

    private static final InetAddress ADDRESS = address();
    private static final int LOWEST = 15_000;
    private static final int HIGHEST = 29_999;
    private static final int ATTEMPTS = 1_000;
    private static final Set<Integer> HANDED_OUT = ConcurrentHashMap.newKeySet();

    private Loopback() {}

    /**
     * Returns a port on which nobody listened a moment ago, another one at each call in this JVM; another process may
     * take it before the caller does. It lies below those that systems give to connections and to whoever asks for
     * any port, so nobody comes to it by chance.
     */
    public static int freePort() {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            int port = ThreadLocalRandom.current().nextInt(LOWEST, HIGHEST + 1);
            if (HANDED_OUT.add(port) && isFree(port)) {
                return port;
            }
        }
        throw new IllegalStateException(
                "none of " + ATTEMPTS + " ports tried on 127.0.0.1, from " + LOWEST + " to " + HIGHEST + ", is free");
    }

    private static boolean isFree(int port) {
        try (ServerSocket probe = new ServerSocket(port, 1, ADDRESS)) {
            return probe.getLocalPort() == port;
        } catch (IOException e) {
            return false;
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
