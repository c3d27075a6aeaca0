// SPDX-License-Identifier: Apache-2.0
package dev.guarded.connector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.guarded.core.spi.StoreFailure;
import dev.guarded.redis.PhysicalConnection;
import dev.guarded.redis.RedisConnection;
import dev.guarded.redis.RedisTarget;
import dev.guarded.redis.Script;
import dev.guarded.testkit.FaultyProxy;
import dev.guarded.testkit.Proves;
import dev.guarded.testkit.RealRedis;
import jakarta.resource.NotSupportedException;
import jakarta.resource.ResourceException;
import jakarta.resource.spi.ConnectionEvent;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ManagedConnectionTest {

    private final RecordedEvents events = new RecordedEvents();
    private final AtomicLong now = new AtomicLong();
    private FaultyProxy proxy;
    private GuardedManagedConnection connection;

    @BeforeEach
    void connect() {
        proxy = FaultyProxy.to(RealRedis.shared().port());
        RedisTarget target = RedisTarget.parse(proxy.uri());
        connection = new GuardedManagedConnection(PhysicalConnection.open(target), target, now::get);
        connection.addConnectionEventListener(events);
    }

    @AfterEach
    void disconnect() {
        connection.destroy();
        proxy.close();
    }

    private RedisConnection handle() throws ResourceException {
        return (RedisConnection) connection.getConnection(null, null);
    }

    private static Object inspect(RedisConnection handle, String key) {
        return handle.run(Script.INSPECT, List.of(key + "l", key + "q", key + "w", key + "f"), List.of());
    }

    @Test
    void closingAHandleTellsTheServerOnceHoweverOftenItIsClosed() throws Exception {
        RedisConnection handle = handle();

        handle.close();
        handle.close();

        assertThat(events.ids()).containsExactly(ConnectionEvent.CONNECTION_CLOSED);
        assertThat(events.last().getConnectionHandle()).isSameAs(handle);
    }

    @Test
    void handlesDieWithTheCleanUpAndSayNothingMore() throws Exception {
        RedisConnection handle = handle();

        connection.cleanup();
        handle.close();

        assertThat(events.ids()).isEmpty();
        assertThatThrownBy(handle::ping).isInstanceOf(StoreFailure.class);
        assertThat(handle().ping()).as("the connection itself goes on").isTrue();
    }

    @Test
    @Proves("law 13")
    void handlesDieWithTheConnectionAndDoNotReconnect() throws Exception {
        RedisConnection handle = handle();

        connection.destroy();

        assertThatThrownBy(() -> inspect(handle, "k"))
                .isInstanceOf(StoreFailure.class)
                .hasMessageContaining("is over");
        assertThatThrownBy(this::handle).isInstanceOf(ResourceException.class);
        assertThat(events.ids()).isEmpty();
    }

    @Test
    void aBrokenConnectionIsReportedOnceAndNeverAsClosed() throws Exception {
        RedisConnection handle = handle();
        proxy.closeAll();

        assertThatThrownBy(() -> inspect(handle, "k")).isInstanceOf(StoreFailure.class);
        assertThatThrownBy(() -> inspect(handle, "k")).isInstanceOf(StoreFailure.class);
        assertThat(handle.ping()).isFalse();
        handle.close();

        assertThat(events.ids()).containsExactly(ConnectionEvent.CONNECTION_ERROR_OCCURRED);
        assertThat(events.last().getException()).isInstanceOf(StoreFailure.class);
    }

    @Test
    void aConnectionThatIsFoundDeadByAPingIsReportedToo() throws Exception {
        RedisConnection handle = handle();
        proxy.closeAll();

        assertThat(handle.ping()).isFalse();

        assertThat(events.ids()).containsExactly(ConnectionEvent.CONNECTION_ERROR_OCCURRED);
    }

    @Test
    void aRefusedCommandIsNoReasonToGiveTheConnectionUp() throws Exception {
        RealRedis.shared().command("RPUSH", "{wrong}l", "a list where a text belongs");
        RedisConnection handle = handle();

        assertThatThrownBy(() -> inspect(handle, "{wrong}")).isInstanceOf(StoreFailure.class);

        assertThat(events.ids()).isEmpty();
        assertThat(handle.ping()).isTrue();
    }

    @Test
    void aListenerThatThrowsDisturbsNeitherTheOthersNorTheCaller() throws Exception {
        RecordedEvents second = new RecordedEvents();
        connection.removeConnectionEventListener(events);
        connection.addConnectionEventListener(new RecordedEvents() {
            @Override
            public void connectionClosed(ConnectionEvent event) {
                throw new IllegalStateException("a pool's bug");
            }
        });
        connection.addConnectionEventListener(second);

        handle().close();

        assertThat(second.ids()).containsExactly(ConnectionEvent.CONNECTION_CLOSED);
        assertThat(events.ids()).as("removed before").isEmpty();
    }

    @Test
    void aBrokenConnectionDoesNotGoBackToThePool() throws Exception {
        RedisConnection handle = handle();
        proxy.closeAll();
        assertThat(handle.ping()).isFalse();

        assertThatThrownBy(connection::cleanup).isInstanceOf(ResourceException.class);
    }

    @Test
    void aHandleFollowsTheServerToAnotherConnection() throws Exception {
        RedisConnection handle = handle();
        RedisTarget target = RedisTarget.parse(RealRedis.shared().uri());
        GuardedManagedConnection other =
                new GuardedManagedConnection(PhysicalConnection.open(target), target, now::get);

        other.associateConnection(handle);
        connection.destroy();

        assertThat(handle.ping()).isTrue();
        assertThatThrownBy(() -> other.associateConnection("a handle of somebody else's"))
                .isInstanceOf(ResourceException.class);
        other.destroy();
        assertThatThrownBy(handle::ping).isInstanceOf(StoreFailure.class);
    }

    @Test
    void aConnectionThatWasUsedAMomentAgoIsTrustedAndAnIdleOneIsAsked() {
        proxy.closeAll();
        assertThat(connection.usable()).as("just made").isTrue();

        now.addAndGet(1_000_000_000L);

        assertThat(connection.usable()).as("idle for a second").isFalse();
        assertThat(connection.usable()).as("asked again a moment later").isFalse();
        assertThatThrownBy(this::handle).isInstanceOf(ResourceException.class).hasMessageContaining("broken");
    }

    @Test
    void aConnectionInUseIsNotAskedFromOutside() throws Exception {
        RedisConnection handle = handle();
        proxy.closeAll();

        assertThat(connection.answers()).as("its user will find out").isTrue();

        handle.close();
        assertThat(connection.answers()).isFalse();
    }

    @Test
    void takesPartInNoTransactionAndAlwaysHasMetaData() throws Exception {
        assertThatThrownBy(connection::getXAResource).isInstanceOf(NotSupportedException.class);
        assertThatThrownBy(connection::getLocalTransaction).isInstanceOf(NotSupportedException.class);
        assertThat(connection.getMetaData().getEISProductName()).startsWith("Redis");
        assertThat(connection.getMetaData().getEISProductVersion()).isNotNull();
        assertThat(connection.getMetaData().getUserName()).isNotNull();
    }
}
