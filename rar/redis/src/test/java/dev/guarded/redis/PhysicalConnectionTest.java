// SPDX-License-Identifier: Apache-2.0
package dev.guarded.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.guarded.core.spi.StoreFailure;
import dev.guarded.testkit.Faults;
import dev.guarded.testkit.FaultyProxy;
import dev.guarded.testkit.Loopback;
import dev.guarded.testkit.Proves;
import dev.guarded.testkit.RealRedis;
import dev.guarded.testkit.ThreadPerTask;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** One socket: what breaks it, and that it never comes back. */
class PhysicalConnectionTest {

    private static final List<String> KEYS = List.of("physical:{x}:l", "physical:{x}:q", "physical:{x}:w");

    private final FaultyProxy proxy = FaultyProxy.to(RealRedis.shared().port());
    private final RedisTarget target =
            RedisTarget.parse(proxy.uri()).withTimeouts(Duration.ofSeconds(5), Duration.ofSeconds(2));

    @AfterEach
    void close() {
        proxy.close();
    }

    @Test
    void anOpenConnectionAnswers() {
        try (PhysicalConnection connection = PhysicalConnection.open(target)) {
            assertThat(connection.ping()).isTrue();
            assertThat(inspect(connection)).isEqualTo(List.of(0L));
            assertThat(connection.isBroken()).isFalse();
        }
    }

    @Test
    @Proves("law 13")
    void aClosedConnectionStaysClosed() {
        PhysicalConnection connection = PhysicalConnection.open(target);
        connection.close();
        connection.close();
        assertThatThrownBy(() -> inspect(connection))
                .isInstanceOf(StoreFailure.class)
                .hasMessageContaining("GUARDED-0304");
        assertThat(connection.ping()).isFalse();
        assertNobodyIsConnected();
    }

    @Test
    @Proves("#32")
    void aConnectionThatTimedOutIsBrokenForGood() {
        PhysicalConnection connection = PhysicalConnection.open(target);
        proxy.inject(Faults.dropReplies());
        assertThatThrownBy(() -> inspect(connection))
                .isInstanceOf(StoreFailure.class)
                .hasMessageContaining("GUARDED-0302");
        assertThat(connection.isBroken()).isTrue();
        proxy.restore();
        assertThatThrownBy(() -> inspect(connection)).isInstanceOf(StoreFailure.class);
        assertThat(connection.ping()).isFalse();
        connection.close();
        assertNobodyIsConnected();
    }

    @Test
    void aPingWithoutAnswerBreaksIt() {
        try (PhysicalConnection connection = PhysicalConnection.open(target)) {
            proxy.closeAll();
            assertThat(connection.ping()).isFalse();
            assertThat(connection.isBroken()).isTrue();
        }
    }

    @Test
    void closingEndsACommandThatWaits() throws Exception {
        PhysicalConnection connection = PhysicalConnection.open(
                RedisTarget.parse(proxy.uri()).withTimeouts(Duration.ofSeconds(2), Duration.ofMinutes(1)));
        proxy.inject(Faults.dropReplies());
        CompletableFuture<Void> waiting = CompletableFuture.runAsync(
                () -> assertThatThrownBy(() -> inspect(connection)).isInstanceOf(StoreFailure.class),
                ThreadPerTask.EXECUTOR);
        Awaitility.await().until(() -> proxy.strikes() > 0);
        connection.close();
        waiting.get(5, TimeUnit.SECONDS);
    }

    @Test
    void aRefusalOfTheServerBreaksNothing() {
        RealRedis.shared().command("RPUSH", KEYS.get(0), "x");
        try (PhysicalConnection connection = PhysicalConnection.open(target)) {
            assertThatThrownBy(() -> inspect(connection)).hasMessageContaining(KEYS.get(0));
            assertThat(connection.isBroken()).isFalse();
            assertThat(connection.ping()).isTrue();
        } finally {
            RealRedis.shared().command("DEL", KEYS.get(0));
        }
    }

    @Test
    void aServerThatIsNotThereIsNamed() {
        String uri = "redis://127.0.0.1:" + Loopback.freePort();
        assertThatThrownBy(() -> PhysicalConnection.open(RedisTarget.parse(uri)))
                .isInstanceOfSatisfying(
                        StoreFailure.class, away -> assertThat(away.retryable()).isTrue())
                .hasMessageContaining("GUARDED-0302 " + uri);
    }

    @Test
    void aDatabaseThatIsNotThereIsRefusedAndNothingStaysOpen() {
        RedisTarget odd = RedisTarget.parse(proxy.uri() + "/99");
        assertThatThrownBy(() -> PhysicalConnection.open(odd))
                .isInstanceOfSatisfying(
                        StoreFailure.class,
                        refused -> assertThat(refused.retryable()).isFalse())
                .hasMessageContaining("DB index is out of range");
        assertNobodyIsConnected();
    }

    private static Object inspect(PhysicalConnection connection) {
        return connection.run(Script.INSPECT, KEYS, List.of());
    }

    private void assertNobodyIsConnected() {
        Awaitility.await().atMost(Duration.ofSeconds(5)).until(() -> proxy.connections() == 0);
    }
}
