// SPDX-License-Identifier: Apache-2.0
package dev.guarded.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FaultyProxyTest {

    private final RealRedis redis = RealRedis.shared();
    private final FaultyProxy proxy = FaultyProxy.to(redis.port());

    @BeforeEach
    void forget() {
        redis.command("DEL", "count", "big");
    }

    @AfterEach
    void close() {
        proxy.close();
    }

    @Test
    void letsEverythingPassUntilItIsToldOtherwise() {
        String big = "x".repeat(1_000_000);
        try (RespConnection connection = RespConnection.to(proxy.port())) {
            connection.command("SET", "big", big);
            assertThat(connection.command("GET", "big")).isEqualTo(big);
            assertThat(proxy.connections()).isEqualTo(1);
        }
        assertThat(proxy.strikes()).isZero();
        assertThat(proxy.uri()).isEqualTo("redis://127.0.0.1:" + proxy.port());
        Awaitility.await().until(() -> proxy.connections() == 0);
    }

    @Test
    void losesTheReplyOfTheVeryCommandThatItCutsAfter() {
        proxy.inject(Faults.cutAfterRequest(2, "INCR"));
        try (RespConnection connection = RespConnection.to(proxy.port())) {
            connection.command("PING");
            assertThat(connection.command("INCR", "count")).isEqualTo(1L);
            assertUnanswered(connection);
        }
        Awaitility.await()
                .untilAsserted(() -> assertThat(redis.command("GET", "count")).isEqualTo("2"));
        assertThat(proxy.strikes()).isEqualTo(1);
        assertCounts(3);
    }

    @Test
    void losesTheCommandThatItCutsBefore() {
        proxy.inject(Faults.cutBeforeRequest(1, ""));
        try (RespConnection connection = RespConnection.to(proxy.port())) {
            assertUnanswered(connection);
        }
        assertCounts(1);
    }

    @Test
    void cutsAfterAReply() {
        proxy.inject(Faults.cutAfterReply(1));
        try (RespConnection connection = RespConnection.to(proxy.port())) {
            assertThat(connection.command("INCR", "count")).isEqualTo(1L);
            assertUnanswered(connection);
        }
        assertCounts(2);
    }

    @Test
    void dropsRepliesAndKeepsTheConnectionOpen() throws IOException {
        proxy.inject(Faults.dropReplies());
        try (Socket socket = connected()) {
            assertSilent(socket, "INCR count\r\n");
            proxy.restore();
            socket.getOutputStream().write(inline("INCR"));
            assertThat(new String(socket.getInputStream().readNBytes(4), StandardCharsets.US_ASCII))
                    .isEqualTo(":2\r\n");
        }
    }

    @Test
    void keepsSilenceInBothDirections() throws IOException {
        proxy.inject(Faults.silence());
        try (Socket socket = connected()) {
            assertSilent(socket, "INCR count\r\n");
        }
        assertThat(redis.command("GET", "count")).isNull();
    }

    @Test
    void delaysReplies() {
        Duration delay = Duration.ofMillis(200);
        proxy.inject(Faults.delay(delay));
        try (RespConnection connection = RespConnection.to(proxy.port())) {
            long before = System.nanoTime();
            connection.command("PING");
            assertThat(Duration.ofNanos(System.nanoTime() - before)).isGreaterThanOrEqualTo(delay);
        }
    }

    @Test
    void refusesNewConnectionsAndKeepsTheOldOnes() {
        try (RespConnection connection = RespConnection.to(proxy.port())) {
            connection.command("PING");
            proxy.refuse();
            assertThat(connection.command("PING")).isEqualTo("PONG");
            assertThatThrownBy(() -> RespConnection.to(proxy.port())).isInstanceOf(UncheckedIOException.class);
            proxy.restore();
            assertCounts(1);
        }
    }

    @Test
    void closesAllConnectionsThereAre() {
        try (RespConnection first = RespConnection.to(proxy.port());
                RespConnection second = RespConnection.to(proxy.port())) {
            first.command("PING");
            second.command("PING");
            proxy.closeAll();
            assertUnanswered(first);
            assertUnanswered(second);
        }
        assertCounts(1);
    }

    @Test
    void closesTheConnectionWhenTheServerBehindItIsAway() {
        try (RealRedis own = RealRedis.open();
                FaultyProxy before = FaultyProxy.to(own.port())) {
            own.kill();
            try (RespConnection connection = RespConnection.to(before.port())) {
                assertUnanswered(connection);
            }
            own.start();
            try (RespConnection connection = RespConnection.to(before.port())) {
                assertThat(connection.command("PING")).isEqualTo("PONG");
            }
        }
    }

    private void assertCounts(long expected) {
        try (RespConnection connection = RespConnection.to(proxy.port())) {
            assertThat(connection.command("INCR", "count")).isEqualTo(expected);
        }
    }

    private Socket connected() throws IOException {
        Socket socket = new Socket();
        socket.connect(Loopback.at(proxy.port()));
        return socket;
    }

    private static void assertUnanswered(RespConnection connection) {
        assertThatThrownBy(() -> connection.command("INCR", "count")).isInstanceOf(UncheckedIOException.class);
    }

    private static void assertSilent(Socket socket, String what) throws IOException {
        socket.setSoTimeout(300);
        socket.getOutputStream().write(inline(what.split(" ", 2)[0]));
        InputStream in = socket.getInputStream();
        assertThatThrownBy(in::read).isInstanceOf(SocketTimeoutException.class);
        socket.setSoTimeout(5_000);
    }

    private static byte[] inline(String word) {
        return ("*2\r\n$" + word.length() + "\r\n" + word + "\r\n$5\r\ncount\r\n").getBytes(StandardCharsets.US_ASCII);
    }
}
