// SPDX-License-Identifier: Apache-2.0
package dev.guarded.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.guarded.core.spi.StoreFailure;
import dev.guarded.testkit.Loopback;
import dev.guarded.testkit.Proves;
import dev.guarded.testkit.RealRedis;
import dev.guarded.testkit.ThreadPerTask;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Servers that answer a login by repeating it: what they say goes into messages and logs. */
class LoginTest {

    private static final String CANARY = "canary-4711";
    private static final String FOUR = CANARY + CANARY + CANARY + CANARY;

    /** Longer than what a server shows of it. */
    private static final String LONG = FOUR + FOUR + FOUR;

    /** Redis knows HELLO from version 6 on, and shows what it does not know with its arguments, up to 128 characters. */
    @ParameterizedTest
    @ValueSource(strings = {CANARY, LONG})
    @Proves({"H20", "law 17"})
    void aServerThatDoesNotKnowTheCommandIsNotQuotedWithThePassword(String password) {
        try (RealRedis old = RealRedis.open("--rename-command", "HELLO", "")) {
            assertThatThrownBy(() -> old.command("HELLO", "2", "AUTH", "app", password))
                    .as("what is not to be repeated")
                    .hasMessageContaining(CANARY);

            StoreFailure refused = refused(old.port(), password);

            assertThat(refused.retryable()).isFalse();
            assertThat(all(refused))
                    .contains("GUARDED-0303 " + old.uri(), "HELLO")
                    .doesNotContain(CANARY);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-ERR unknown command 'HELLO', with args beginning with: '2' 'AUTH' 'app' 'canary-47",
                "-ERR wrong login app/" + CANARY,
                "-NOPERM AUTH app " + CANARY + " is not for you",
                ":" + CANARY,
                "?" + CANARY,
                "*1",
            })
    @Proves({"H20", "law 17"})
    void whateverElseIsSaidIsNotQuotedWithThePasswordEither(String reply) throws Exception {
        try (ServerSocket strange = new ServerSocket(Loopback.freePort(), 1, InetAddress.getLoopbackAddress())) {
            CompletableFuture<Boolean> left =
                    CompletableFuture.supplyAsync(() -> answering(strange, reply), ThreadPerTask.EXECUTOR);

            StoreFailure refused = refused(strange.getLocalPort(), CANARY);

            assertThat(all(refused)).contains("GUARDED-030").doesNotContain("canary");
            assertThat(left.get()).as("the connection was closed").isTrue();
        }
    }

    @Test
    void whatHidesNothingIsShownWhole() {
        try (RealRedis redis = RealRedis.open()) {
            StoreFailure refused = refused(redis.port(), CANARY);

            assertThat(refused).hasMessageContaining("WRONGPASS invalid username-password pair");
            assertThat(refused).hasCauseInstanceOf(RuntimeException.class);
        }
    }

    /** The password of many a workplace is the host's name, or a word of what Redis says. */
    @Test
    @Proves("law 17")
    void aPasswordThatIsAWordOfTheTextIsNotMarkedInIt() {
        int nobody = Loopback.freePort();

        assertThat(refused(nobody, "127.0.0.1"))
                .hasMessageContaining("GUARDED-0302 redis://127.0.0.1:" + nobody + " did not answer");
        try (RealRedis redis = RealRedis.open()) {
            assertThat(all(refused(redis.port(), "password")))
                    .contains("GUARDED-0303 " + redis.uri() + " refused the login")
                    .doesNotContain("password", "pair");
        }
    }

    private static StoreFailure refused(int port, String password) {
        RedisTarget target = RedisTarget.parse("redis://app:" + password + "@127.0.0.1:" + port);
        return catchThrowableOfType(StoreFailure.class, () -> PhysicalConnection.open(target));
    }

    private static String all(Throwable failure) {
        StringWriter trace = new StringWriter();
        failure.printStackTrace(new PrintWriter(trace));
        return trace.toString();
    }

    /** Answers whatever it is sent, and tells whether the client left then, within 10 s. */
    private static boolean answering(ServerSocket server, String reply) {
        try (Socket client = server.accept()) {
            client.setSoTimeout(10_000);
            InputStream sent = client.getInputStream();
            byte[] login = new byte[200];
            if (sent.read(login) > 0) {
                client.getOutputStream().write((reply + "\r\n").getBytes(StandardCharsets.UTF_8));
                client.shutdownOutput();
            }
            return sent.read(login) < 0;
        } catch (SocketTimeoutException stayed) {
            return false;
        } catch (SocketException reset) {
            return true;
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
