// SPDX-License-Identifier: Apache-2.0
package dev.guarded.connector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.guarded.testkit.FaultyProxy;
import dev.guarded.testkit.Loopback;
import dev.guarded.testkit.Proves;
import dev.guarded.testkit.RealRedis;
import jakarta.resource.NotSupportedException;
import jakarta.resource.ResourceException;
import jakarta.resource.spi.InvalidPropertyException;
import jakarta.resource.spi.ManagedConnection;
import jakarta.resource.spi.RetryableUnavailableException;
import jakarta.resource.spi.SecurityException;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import javax.security.auth.Subject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class ManagedConnectionFactoryTest {

    private static final String SECRET = "correct-horse";

    private final TestServer server = new TestServer();

    @AfterEach
    void end() {
        server.close();
    }

    private GuardedManagedConnectionFactory factory(String uri) throws Exception {
        return server.factory(server.started(), uri);
    }

    @Test
    void equalityIsConfigurationWhateverHappenedAtRunTime() throws Exception {
        GuardedManagedConnectionFactory used = factory(RealRedis.shared().uri());
        GuardedManagedConnectionFactory untouched = new GuardedManagedConnectionFactory();
        untouched.setRedisUri(RealRedis.shared().uri());

        used.createManagedConnection(null, null).destroy();

        assertThat(used).isEqualTo(untouched).hasSameHashCodeAs(untouched);
        untouched.setNamespace("another");
        assertThat(used).isNotEqualTo(untouched);
    }

    @Test
    void matchesNothingInAnEmptySetAndNothingOfSomebodyElse() throws Exception {
        GuardedManagedConnectionFactory factory = factory(RealRedis.shared().uri());
        GuardedManagedConnectionFactory elsewhere = factory(RealRedis.shared().uri() + "/1");
        ManagedConnection other = elsewhere.createManagedConnection(null, null);

        assertThat(factory.matchManagedConnections(Set.of(), null, null)).isNull();
        assertThat(factory.matchManagedConnections(Set.of("foreign", other), null, null))
                .isNull();
        other.destroy();
    }

    @Test
    void matchesItsOwnAndPassesOverTheDead() throws Exception {
        GuardedManagedConnectionFactory factory = factory(RealRedis.shared().uri());
        ManagedConnection dead = factory.createManagedConnection(null, null);
        ManagedConnection alive = factory.createManagedConnection(null, null);
        dead.destroy();

        assertThat(factory.matchManagedConnections(Set.of(dead, alive), null, null))
                .isSameAs(alive);
        assertThat(factory.getInvalidConnections(Set.of(dead, alive, "foreign")))
                .isEqualTo(Set.of(dead));
        alive.destroy();
    }

    @Test
    void namesTheInvalidOnesAfterTheServerHasCutThem() throws Exception {
        try (FaultyProxy proxy = FaultyProxy.to(RealRedis.shared().port())) {
            GuardedManagedConnectionFactory factory = factory(proxy.uri());
            ManagedConnection cut = factory.createManagedConnection(null, null);

            assertThat(factory.getInvalidConnections(Set.of(cut))).isEmpty();
            proxy.closeAll();

            assertThat(factory.getInvalidConnections(Set.of(cut))).isEqualTo(Set.of(cut));
            cut.destroy();
        }
    }

    @Test
    void anUnreachableServerIsWorthAnotherTry() throws Exception {
        String address = "127.0.0.1:" + Loopback.freePort();
        GuardedManagedConnectionFactory factory = factory("redis://me:" + SECRET + "@" + address);

        assertThatThrownBy(() -> factory.createManagedConnection(null, null))
                .isInstanceOf(RetryableUnavailableException.class)
                .hasMessageContaining("redis://" + address)
                .hasMessageNotContaining(SECRET);
    }

    @Test
    @Proves({"H20", "law 17"})
    void aRefusedPasswordIsNotAndIsNotShown() throws Exception {
        try (RealRedis locked = RealRedis.open("--requirepass", "something-else")) {
            GuardedManagedConnectionFactory factory = factory(locked.uri());
            factory.setPassword(SECRET);

            assertThatThrownBy(() -> factory.createManagedConnection(null, null))
                    .isInstanceOf(SecurityException.class)
                    .hasMessageNotContaining(SECRET);
        }
    }

    @Test
    void logsInAsWhomTheServerPresentsElseAsWhomTheConfigurationNames() throws Exception {
        try (RealRedis locked = RealRedis.open("--requirepass", SECRET)) {
            GuardedManagedConnectionFactory factory = factory(locked.uri());
            Subject right = Way.subject(factory, "default", SECRET);

            ManagedConnection presented = factory.createManagedConnection(right, null);
            factory.matchManagedConnections(Set.of(presented), null, null);
            assertThat(factory.matchManagedConnections(Set.of(presented), null, null))
                    .as("made for somebody else")
                    .isNull();
            assertThat(factory.matchManagedConnections(Set.of(presented), right, null))
                    .isSameAs(presented);
            presented.destroy();

            GuardedManagedConnectionFactory configured = factory(locked.uri());
            configured.setPassword(SECRET);
            configured
                    .createManagedConnection(Way.subject(configured, "", ""), null)
                    .destroy();
        }
    }

    @Test
    void aCredentialForAnotherFactoryIsNotTaken() throws Exception {
        try (RealRedis locked = RealRedis.open("--requirepass", SECRET)) {
            GuardedManagedConnectionFactory factory = factory(locked.uri());
            Subject foreign = Way.subject(factory("redis://elsewhere"), "default", SECRET);

            assertThatThrownBy(() -> factory.createManagedConnection(foreign, null))
                    .isInstanceOf(ResourceException.class);
        }
    }

    @Test
    void keepsWhatRedisTookForTheConnectionsOutsideThePoolAndForgetsItAtTheEnd() throws Exception {
        try (RealRedis locked = RealRedis.open("--requirepass", SECRET)) {
            GuardedManagedConnectionFactory factory = factory(locked.uri());
            factory.createManagedConnection(Way.subject(factory, "default", SECRET), null)
                    .destroy();
            assertThatThrownBy(() -> factory.createManagedConnection(Way.subject(factory, "default", "wrong"), null))
                    .isInstanceOf(SecurityException.class);

            assertThat(factory.presentedTarget()).isNotNull();
            factory.forget();
            assertThat(factory.presentedTarget()).isNull();
        }
    }

    @Test
    @Proves({"H20", "law 17"})
    void showsNoSecretInAnyText() throws Exception {
        GuardedManagedConnectionFactory factory = factory("redis://me:" + SECRET + "@localhost:6379");
        factory.setPassword(SECRET);

        assertThat(factory.toString()).doesNotContain(SECRET);
        assertThat(factory.properties().toString()).doesNotContain(SECRET);
    }

    @TestFactory
    Stream<DynamicTest> refusesAPropertyThatCannotBeUsed() {
        return Stream.of(
                refused("defaultTimeout", "30 secs", factory -> factory.setDefaultTimeout("30 secs")),
                refused("defaultLeaseTime", "1ms", factory -> factory.setDefaultLeaseTime("1ms")),
                refused("defaultMaxHold", "1s", factory -> factory.setDefaultMaxHold("1s")),
                refused("defaultReach", "GALAXY", factory -> factory.setDefaultReach("GALAXY")),
                refused("maxInFlight", "0", factory -> factory.setMaxInFlight(0)),
                refused("connectTimeout", "0s", factory -> factory.setConnectTimeout("0s")),
                refused("commandTimeout", "1d", factory -> factory.setCommandTimeout("1d")),
                refused("namespace", "' '", factory -> factory.setNamespace(" ")),
                refused("redisUri", "redis://", factory -> factory.setRedisUri("http://me:" + SECRET + "@host")));
    }

    private DynamicTest refused(String property, String named, Consumer<GuardedManagedConnectionFactory> spoil) {
        return DynamicTest.dynamicTest(property, () -> {
            GuardedManagedConnectionFactory factory = factory("redis://localhost");
            spoil.accept(factory);

            assertThatThrownBy(() -> factory.createConnectionFactory(new TestPool()))
                    .isInstanceOf(InvalidPropertyException.class)
                    .hasMessageContaining(property)
                    .hasMessageContaining(named)
                    .hasMessageNotContaining(SECRET);
        });
    }

    @Test
    void outsideAServerItSaysWhatToUseInstead() throws Exception {
        assertThatThrownBy(factory("redis://localhost")::createConnectionFactory)
                .isInstanceOf(NotSupportedException.class)
                .hasMessageContaining("RedisLockManagers.open");
    }
}
