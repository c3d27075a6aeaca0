// SPDX-License-Identifier: Apache-2.0
package dev.guarded.cdi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.guarded.lock.Lease;
import dev.guarded.lock.LockManager;
import dev.guarded.lock.LockNotGrantedException;
import dev.guarded.lock.LockSettings;
import dev.guarded.lock.LockStoreException;
import dev.guarded.testkit.TestNaming;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.spi.DeploymentException;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigProvider;
import org.eclipse.microprofile.config.spi.ConfigProviderResolver;
import org.eclipse.microprofile.config.spi.ConfigSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What MicroProfile Config says, by SmallRye, against what the annotation says. */
class MicroProfileConfigTest {

    private static final String OTHER = "java:/eis/OtherLockManager";
    private static final String RUN = Jobs.class.getName() + "/run/Guarded/";

    private final TestAdapter usual = new TestAdapter(Duration.ofMinutes(1));
    private final TestAdapter other = new TestAdapter(Duration.ZERO);
    private final List<ConfigSource> sources = new ArrayList<>();
    private final List<String> set = new ArrayList<>();
    private Config config;
    private Application application;

    /** A source of configuration with the rank that a test gives it. */
    private record Source(int rank, Map<String, String> values) implements ConfigSource {

        @Override
        public Set<String> getPropertyNames() {
            return values.keySet();
        }

        @Override
        public String getValue(String name) {
            return values.get(name);
        }

        @Override
        public String getName() {
            return "test " + rank;
        }

        @Override
        public int getOrdinal() {
            return rank;
        }
    }

    @ApplicationScoped
    public static class Jobs {

        @Inject
        LockManager locks;

        @Guarded(value = "job", timeout = "1m", leaseTime = "10s")
        public Duration run() {
            return locks.getLock("job").orElseThrow().settings().leaseTime().orElseThrow();
        }
    }

    private void say(int rank, String... keysAndValues) {
        Map<String, String> values = new HashMap<>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            values.put(keysAndValues[i], keysAndValues[i + 1]);
        }
        sources.add(new Source(rank, values));
    }

    private Jobs deployed() {
        ConfigProviderResolver resolver = ConfigProviderResolver.instance();
        // Whoever asked before has been given one for this class loader.
        resolver.releaseConfig(ConfigProvider.getConfig());
        config = resolver.getBuilder()
                .addDefaultSources()
                .withSources(sources.toArray(ConfigSource[]::new))
                .build();
        resolver.registerConfig(config, Thread.currentThread().getContextClassLoader());
        application = Application.deploy(usual, Jobs.class);
        TestNaming.BOUND.put(OTHER, other.locks());
        return application.bean(Jobs.class);
    }

    private Jobs deployedWith(String attribute, String value) {
        say(100, RUN + attribute, value);
        return deployed();
    }

    @AfterEach
    void close() {
        set.forEach(System::clearProperty);
        if (application != null) {
            application.close();
        }
        ConfigProviderResolver.instance().releaseConfig(config);
        usual.close();
        other.close();
    }

    private Lease taken() {
        LockSettings asWritten = LockSettings.defaults().leaseTime(Duration.ofSeconds(10));
        return usual.locks()
                .getOrCreateLock("job", asWritten)
                .acquire(Duration.ZERO)
                .detach();
    }

    private void refusedWithin(String shown, Jobs jobs) {
        try (Lease taken = taken()) {
            assertThat(taken.isHeld()).isTrue();
            assertThatThrownBy(jobs::run)
                    .isInstanceOf(LockNotGrantedException.class)
                    .hasMessageContaining("within " + shown);
        }
    }

    @Test
    void timeoutIsOverridden() {
        refusedWithin("0.021 s", deployedWith("timeout", "21ms"));
    }

    @Test
    void leaseTimeIsOverridden() {
        assertThat(deployedWith("leaseTime", "12s").run()).isEqualTo(Duration.ofSeconds(12));
    }

    @Test
    void reachIsOverridden() {
        Jobs jobs = deployedWith("reach", "CLUSTER");
        assertThatThrownBy(jobs::run).isInstanceOf(LockStoreException.class);
    }

    @Test
    void answerToContentionIsOverridden() {
        say(100, RUN + "onTimeout", "SKIP", RUN + "timeout", "0s");
        Jobs jobs = deployed();
        try (Lease taken = taken()) {
            assertThat(taken.isHeld()).isTrue();
            assertThat(jobs.run()).isNull();
        }
    }

    @Test
    void timeThatTheLockStaysTakenIsOverridden() {
        say(100, RUN + "atLeastFor", "1h", RUN + "timeout", "0s");
        Jobs jobs = deployed();
        assertThat(jobs.run()).isEqualTo(Duration.ofSeconds(10));
        assertThatThrownBy(jobs::run).isInstanceOf(LockNotGrantedException.class);
    }

    @Test
    void adapterIsOverridden() {
        say(100, RUN + "adapter", OTHER, RUN + "timeout", "0s");
        Jobs jobs = deployed();
        LockSettings asWritten = LockSettings.defaults().leaseTime(Duration.ofSeconds(10));
        try (Lease taken =
                other.locks().getOrCreateLock("job", asWritten).acquire().detach()) {
            assertThat(taken.isHeld()).isTrue();
            assertThatThrownBy(jobs::run).isInstanceOf(LockNotGrantedException.class);
        }
        assertThat(usual.locks().getLock("job")).isEmpty();
    }

    @Test
    void systemPropertyWinsOverAFileOfTheApplication() {
        say(100, RUN + "leaseTime", "11s");
        System.setProperty(RUN + "leaseTime", "12s");
        set.add(RUN + "leaseTime");
        assertThat(deployed().run()).isEqualTo(Duration.ofSeconds(12));
    }

    @Test
    void sourceOfHigherRankWinsOverSystemProperties() {
        say(500, RUN + "leaseTime", "13s");
        System.setProperty(RUN + "leaseTime", "12s");
        set.add(RUN + "leaseTime");
        assertThat(deployed().run()).isEqualTo(Duration.ofSeconds(13));
    }

    @Test
    void keyOfTheMethodWinsOverTheCommonOneWhateverTheirSources() {
        say(100, RUN + "leaseTime", "11s");
        say(500, "Guarded/leaseTime", "13s");
        assertThat(deployed().run()).isEqualTo(Duration.ofSeconds(11));
    }

    @Test
    void valueMayReferToAnother() {
        say(100, "jobs.lease", "14s", RUN + "leaseTime", "${jobs.lease}");
        assertThat(deployed().run()).isEqualTo(Duration.ofSeconds(14));
    }

    @Test
    void badValueFailsTheDeploymentAndIsNamed() {
        say(100, RUN + "timeout", "soon");
        assertThatThrownBy(this::deployed)
                .isInstanceOf(DeploymentException.class)
                .hasMessageContaining("timeout by configuration " + RUN + "timeout=soon");
    }
}
