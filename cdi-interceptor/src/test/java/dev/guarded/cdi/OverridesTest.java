// SPDX-License-Identifier: Apache-2.0
package dev.guarded.cdi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.guarded.lock.Lease;
import dev.guarded.lock.LockManager;
import dev.guarded.lock.LockNotGrantedException;
import dev.guarded.lock.LockSettings;
import dev.guarded.lock.LockStoreException;
import dev.guarded.testkit.Proves;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class OverridesTest {

    private static final String JOBS = Jobs.class.getName();
    private static final Duration WRITTEN = Duration.ofSeconds(10);

    private final TestAdapter adapter = new TestAdapter(Duration.ofMinutes(1));
    private final List<String> set = new ArrayList<>();

    @ApplicationScoped
    public static class Jobs {

        @Inject
        LockManager locks;

        @Guarded(value = "job", timeout = "1m", leaseTime = "10s")
        public Duration run() {
            locks.requireHeld("job");
            return locks.getLock("job").orElseThrow().settings().leaseTime().orElseThrow();
        }

        @Guarded(value = "other", timeout = "${jobs.timeout:1m}")
        public void other() {}

        @Guarded(value = "tick", onTimeout = OnTimeout.SKIP)
        public boolean tick() {
            return true;
        }
    }

    private Jobs deployedWith(String... keysAndValues) {
        for (int i = 0; i < keysAndValues.length; i += 2) {
            System.setProperty(keysAndValues[i], keysAndValues[i + 1]);
            set.add(keysAndValues[i]);
        }
        application = Application.deploy(adapter, Jobs.class);
        return application.bean(Jobs.class);
    }

    private Application application;

    @AfterEach
    void close() {
        set.forEach(System::clearProperty);
        if (application != null) {
            application.close();
        }
        adapter.close();
    }

    private Lease taken(String name, Duration leaseTime) {
        LockSettings settings = LockSettings.defaults().leaseTime(leaseTime);
        return adapter.locks()
                .getOrCreateLock(name, settings)
                .acquire(Duration.ZERO)
                .detach();
    }

    private void refusedWithin(String shown, Runnable call, String name, Duration leaseTime) {
        try (Lease taken = taken(name, leaseTime)) {
            assertThat(taken.isHeld()).isTrue();
            assertThatThrownBy(call::run)
                    .isInstanceOf(LockNotGrantedException.class)
                    .hasMessageContaining(shown);
        }
    }

    @Test
    void methodsKeyWinsOverClassesAndTheCommonOne() {
        Jobs jobs = deployedWith(
                JOBS + "/run/Guarded/timeout", "21ms", JOBS + "/Guarded/timeout", "22ms", "Guarded/timeout", "23ms");
        refusedWithin("0.021 s", () -> jobs.run(), "job", WRITTEN);
        refusedWithin("0.022 s", jobs::other, "other", Duration.ofSeconds(30));
    }

    @Test
    void commonKeyWinsOverTheAnnotation() {
        Jobs jobs = deployedWith("Guarded/timeout", "23ms", "Guarded/leaseTime", "12s");
        assertThat(jobs.run()).isEqualTo(Duration.ofSeconds(12));
        refusedWithin("0.023 s", () -> jobs.run(), "job", Duration.ofSeconds(12));
    }

    @Test
    void commonTimeoutLeavesSkippingAtOnceAlone() {
        Jobs jobs = deployedWith("Guarded/timeout", "30s");
        long start = System.nanoTime();
        try (Lease taken = adapter.locks().acquire("tick", Duration.ZERO).detach()) {
            assertThat(taken.isHeld()).isTrue();
            assertThat(jobs.tick()).isFalse();
        }
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(20));
    }

    @Test
    void reachAndAnswerAreConfigurableToo() {
        Jobs jobs = deployedWith(
                JOBS + "/other/Guarded/reach",
                "redis",
                JOBS + "/run/Guarded/onTimeout",
                "skip",
                JOBS + "/run/Guarded/timeout",
                "0s",
                JOBS + "/tick/Guarded/atLeastFor",
                "1h");
        assertThatThrownBy(jobs::other).isInstanceOf(LockStoreException.class);
        try (Lease taken = taken("job", WRITTEN)) {
            assertThat(taken.isHeld()).isTrue();
            assertThatCode(jobs::run).doesNotThrowAnyException();
        }
        assertThat(jobs.tick()).isTrue();
        assertThat(jobs.tick()).isFalse();
    }

    @Test
    void durationIsTakenFromTheConfiguration() {
        Jobs jobs = deployedWith("jobs.timeout", "24ms");
        refusedWithin("0.024 s", jobs::other, "other", Duration.ofSeconds(30));
    }

    @Test
    @Proves("law 18")
    void onlyTheAnnotationLetsAMethodRunWithoutItsLock() {
        assertThatThrownBy(() -> deployedWith("Guarded/onTimeout", "RUN_UNGUARDED"))
                .hasMessageContaining("Jobs.run(): onTimeout by configuration Guarded/onTimeout=RUN_UNGUARDED:"
                        + " GUARDED-0504 only the annotation can say RUN_UNGUARDED");
    }

    @Test
    void overrideThatIsWrongFailsTheDeploymentAndNamesTheKey() {
        assertThatThrownBy(() -> deployedWith("Guarded/timeout", "30 secs", "Guarded/reach", "PLANET"))
                .hasMessageContaining("Guarded/timeout=30 secs: GUARDED-0005 '30 secs' is not a duration")
                .hasMessageContaining("Guarded/reach=PLANET: GUARDED-0504 'PLANET' is none of [LOCAL, CLUSTER]");
    }
}
