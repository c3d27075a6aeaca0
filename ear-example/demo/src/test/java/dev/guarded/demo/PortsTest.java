// SPDX-License-Identifier: Apache-2.0
package dev.guarded.demo;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;

class PortsTest {

    @Test
    void aTakenPortIsNamedWithWhatNeedsItAndWhatToDo() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            int port = taken.getLocalPort();
            assertThatThrownBy(() -> Ports.check(port, "Redis"))
                    .isInstanceOf(DemoException.class)
                    .hasMessageContaining("Port " + port)
                    .hasMessageContaining("Redis needs it")
                    .hasMessageContaining("stop the program");
        }
    }

    @Test
    void aFreePortIsLeftFree() throws IOException {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        Ports.check(port, "Redis");
        Ports.check(port, "Redis");
    }
}
