// SPDX-License-Identifier: Apache-2.0
package dev.guarded.connector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.guarded.lock.LockSettings;
import dev.guarded.lock.Reach;
import dev.guarded.testkit.Proves;
import jakarta.resource.spi.InvalidPropertyException;
import java.time.Duration;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigurationReaderTest {

    private static AdapterConfiguration read(
            Map<String, String> environment, Consumer<ConnectionFactoryProperties> change)
            throws InvalidPropertyException {
        GuardedManagedConnectionFactory factory = new GuardedManagedConnectionFactory();
        change.accept(factory);
        return new ConfigurationReader(factory.properties(), environment::get).read();
    }

    private static AdapterConfiguration read(Consumer<ConnectionFactoryProperties> change)
            throws InvalidPropertyException {
        return read(Map.of(), change);
    }

    private static void assertRefused(Consumer<ConnectionFactoryProperties> change, String... parts) {
        assertThatThrownBy(() -> read(change))
                .isInstanceOf(InvalidPropertyException.class)
                .hasMessageContainingAll(parts);
    }

    @Test
    @Proves({"A9", "A20"})
    void whatIsLeftAloneIsTheDocumentedDefault() throws InvalidPropertyException {
        AdapterConfiguration settings = read(factory -> {});

        assertThat(settings.target().address()).isEqualTo("redis://localhost:6379");
        assertThat(settings.namespace()).isEqualTo("guarded");
        assertThat(settings.engine().defaultReach()).isEqualTo(Reach.CLUSTER);
        assertThat(settings.engine().defaultTimeout()).isEqualTo(Duration.ofSeconds(30));
        assertThat(settings.engine().defaultLeaseTime()).isEqualTo(Duration.ofSeconds(30));
        assertThat(settings.engine().defaultMaxHold()).isEqualTo(Duration.ofHours(1));
        assertThat(settings.engine().maxInFlight()).isEqualTo(20);
        assertThat(settings.engine().nodeName()).isNotBlank();
    }

    @Test
    @Proves({"A20", "C12"})
    void aReachOfRedisIsAReachOfCluster() throws InvalidPropertyException {
        assertThat(read(factory -> factory.setDefaultReach("redis")).engine().defaultReach())
                .isEqualTo(Reach.CLUSTER);
        assertThat(read(factory -> factory.setDefaultReach("LOCAL")).engine().defaultReach())
                .isEqualTo(Reach.LOCAL);
    }

    @Test
    @Proves("A25")
    void anUnlimitedTimeoutMustBeWrittenOut() throws InvalidPropertyException {
        assertThat(read(factory -> factory.setDefaultTimeout("UNLIMITED"))
                        .engine()
                        .defaultTimeout())
                .isEqualTo(LockSettings.UNLIMITED);
        assertRefused(factory -> factory.setDefaultTimeout("-1s"), "defaultTimeout", "-1s");
    }

    @Test
    @Proves("C12")
    void aBadValueIsRefusedWithItsNameItselfAndTheRange() {
        assertRefused(f -> f.setDefaultReach("PLANET"), "defaultReach", "PLANET", "CLUSTER", "LOCAL");
        assertRefused(f -> f.setDefaultTimeout("30 secs"), "defaultTimeout", "30 secs", "30s");
        assertRefused(f -> f.setDefaultLeaseTime("5ms"), "defaultLeaseTime", "5ms", "PT0.1S", "PT24H");
        assertRefused(f -> f.setDefaultMaxHold("1s"), "defaultMaxHold", "1s", "PT30S", "PT8760H");
        assertRefused(f -> f.setDefaultMaxHold("UNLIMITED"), "defaultMaxHold", "PT8760H");
        assertRefused(f -> f.setMaxInFlight(0), "maxInFlight", "0", "1", "10000");
        assertRefused(f -> f.setConnectTimeout("0s"), "connectTimeout", "0s", "PT0.001S");
        assertRefused(f -> f.setCommandTimeout("2h"), "commandTimeout", "2h", "PT5M");
        assertRefused(f -> f.setConnectTimeout("301s"), "connectTimeout", "301s", "PT5M");
        assertRefused(f -> f.setNamespace(""), "namespace", "1 to 128");
        assertRefused(f -> f.setNodeName("a\nb"), "nodeName", "control character");
        assertRefused(f -> f.setUser("app"), "user", "app", "password");
    }

    @ParameterizedTest
    @Proves({"H20", "law 17"})
    @ValueSource(
            strings = {"http://:s3cret@host", "redis://:s3cret@host:port", "redis://:s3cret@host/x", "redis://:s3cret@"
            })
    void aBadUriIsRefusedWithoutItsPassword(String uri) {
        assertRefused(factory -> factory.setRedisUri(uri), "redisUri", "redis://[user:password@]host");
        assertThatThrownBy(() -> read(factory -> factory.setRedisUri(uri))).satisfies(refused -> {
            for (Throwable cause = refused; cause != null; cause = cause.getCause()) {
                assertThat(cause.toString()).doesNotContain("s3cret");
            }
        });
    }

    @Test
    void theEnvironmentStandsInForADefaultOnly() throws InvalidPropertyException {
        Map<String, String> environment = Map.of(
                "GUARDED_REDIS_URI", "redis://there:1", "GUARDED_NAMESPACE", "n", "GUARDED_DEFAULT_REACH", "LOCAL");

        AdapterConfiguration replaced = read(environment, factory -> {});

        assertThat(replaced.target().address()).isEqualTo("redis://there:1");
        assertThat(replaced.namespace()).isEqualTo("n");
        assertThat(replaced.engine().defaultReach()).isEqualTo(Reach.LOCAL);
        AdapterConfiguration written = read(environment, factory -> factory.setRedisUri("redis://here:2"));
        assertThat(written.target().address()).isEqualTo("redis://here:2");
    }

    /** Configuration overrides {@code @Guarded(reach)} under {@code Guarded/reach}, which an environment spells so. */
    @Test
    void whatOverridesEveryReachThatIsWrittenIsNotTheDefaultOne() throws InvalidPropertyException {
        assertThat(read(Map.of("GUARDED_REACH", "LOCAL"), factory -> {})
                        .engine()
                        .defaultReach())
                .isEqualTo(Reach.CLUSTER);
    }

    @Test
    void theServersOwnNameIsTheNodesName() throws InvalidPropertyException {
        System.setProperty("jboss.node.name", "node-of-wildfly");
        try {
            assertThat(read(factory -> {}).engine().nodeName()).isEqualTo("node-of-wildfly");
            assertThat(read(factory -> factory.setNodeName("mine")).engine().nodeName())
                    .isEqualTo("mine");
        } finally {
            System.clearProperty("jboss.node.name");
        }
    }
}
