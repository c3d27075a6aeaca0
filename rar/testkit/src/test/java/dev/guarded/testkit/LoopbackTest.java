// SPDX-License-Identifier: Apache-2.0
package dev.guarded.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ServerSocket;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LoopbackTest {

    @Test
    void everyCallOfOneJvmGetsAnotherPort() {
        assertThat(IntStream.range(0, 500).map(i -> Loopback.freePort()))
                .doesNotHaveDuplicates()
                .allMatch(port -> port >= 15_000 && port < 30_000);
    }

    @Test
    void aFreePortCanBeListenedOn() throws IOException {
        int port = Loopback.freePort();
        try (ServerSocket door = new ServerSocket()) {
            door.bind(Loopback.at(port));
            assertThat(door.getLocalPort()).isEqualTo(port);
        }
    }
}
