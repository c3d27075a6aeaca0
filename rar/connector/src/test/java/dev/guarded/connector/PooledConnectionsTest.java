// SPDX-License-Identifier: Apache-2.0
package dev.guarded.connector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.guarded.core.spi.StoreFailure;
import dev.guarded.redis.RedisConnection;
import dev.guarded.testkit.RealRedis;
import dev.guarded.testkit.ThreadPerTask;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PooledConnectionsTest {

    private final TestServer server = new TestServer();

    @AfterEach
    void close() {
        server.close();
    }

    /** Until then only what is configured is known, and to log in with that may be to log in as nobody. */
    @Test
    void whoWaitsForCredentialsWaitsUntilOnesWereGood() throws Exception {
        GuardedResourceAdapter adapter = server.started();
        GuardedManagedConnectionFactory factory =
                server.factory(adapter, RealRedis.shared().uri());
        PooledConnections pools = new PooledConnections(
                new ConfigurationReader(factory.properties(), Map.<String, String>of()::get).read());
        CompletableFuture<Void> waiting =
                CompletableFuture.runAsync(() -> pools.awaitFirst(Duration.ofMinutes(1)), ThreadPerTask.EXECUTOR);

        assertThatThrownBy(pools::borrow).isInstanceOf(StoreFailure.class).hasMessageContaining("GUARDED-0405");
        assertThatThrownBy(() -> waiting.get(200, TimeUnit.MILLISECONDS)).isInstanceOf(TimeoutException.class);

        pools.add(new Engines(AdapterServices.of(server)), factory, new TestPool());
        try (RedisConnection lent = pools.borrow()) {
            assertThat(lent.ping()).isTrue();
        }
        waiting.get(10, TimeUnit.SECONDS);
        adapter.stop();
    }
}
