// SPDX-License-Identifier: Apache-2.0
package dev.guarded.cdi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.guarded.core.spi.StoredLock;
import dev.guarded.lock.LockManager;
import dev.guarded.lock.LockSettings;
import dev.guarded.lock.NamedLock;
import dev.guarded.lock.Reach;
import dev.guarded.testkit.TestNaming;
import dev.guarded.testkit.ThreadPerTask;
import io.smallrye.health.SmallRyeHealth;
import io.smallrye.health.SmallRyeHealthReporter;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The readiness check, as MicroProfile Health's own reporter and its callers see it. */
class MicroProfileHealthTest {

    private static final String OTHER = "java:/eis/OtherLockManager";

    private final List<TestAdapter> adapters = new ArrayList<>();
    private final List<String> set = new ArrayList<>();
    private final AtomicInteger looks = new AtomicInteger();
    private Application application;

    @ApplicationScoped
    public static class Plain {

        @Guarded("plain")
        public void run() {}
    }

    @ApplicationScoped
    public static class InCluster {

        @Guarded(value = "cluster", reach = Reach.CLUSTER)
        public void run() {}
    }

    @ApplicationScoped
    public static class ByOther {

        @Guarded(value = "other", adapter = OTHER)
        public void run() {}
    }

    @ApplicationScoped
    public static class InjectsOther {

        @Inject
        @Adapter(OTHER)
        LockManager locks;
    }

    @ApplicationScoped
    public static class Injects {

        @Inject
        LockManager locks;
    }

    @ApplicationScoped
    public static class Unguarded {}

    @AfterEach
    void close() {
        set.forEach(System::clearProperty);
        if (application != null) {
            application.close();
        }
        adapters.forEach(TestAdapter::close);
    }

    private StoredLock free() {
        looks.incrementAndGet();
        return new StoredLock(List.of(), 0);
    }

    private TestAdapter up() {
        return added(new TestAdapter(Reach.CLUSTER, this::free));
    }

    private TestAdapter down() {
        return added(new TestAdapter(Reach.CLUSTER, TestAdapter.REFUSING));
    }

    private TestAdapter added(TestAdapter adapter) {
        adapters.add(adapter);
        return adapter;
    }

    private void configure(String key, String value) {
        System.setProperty(key, value);
        set.add(key);
    }

    private HealthCheckResponse probe() {
        return application.bean(HealthCheck.class, Readiness.Literal.INSTANCE).call();
    }

    private Object told(String adapter) {
        return probe().getData().orElseThrow().get(adapter);
    }

    @Test
    void storeThatAnswersIsReady() {
        application = Application.deploy(up(), Plain.class);
        SmallRyeHealthReporter reporter = application.bean(SmallRyeHealthReporter.class);
        SmallRyeHealth health = reporter.getReadiness();
        assertThat(health.isDown()).isFalse();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        reporter.reportHealth(out, health);
        assertThat(out.toString(StandardCharsets.UTF_8))
                .contains("\"name\": \"guarded\"")
                .containsPattern("\"LockManager\": \"answered in \\d+ ms\"");
        assertThat(looks).hasValue(1);
    }

    @Test
    void storeThatFailsIsNotReadyAndSaysWhy() {
        application = Application.deploy(down(), Plain.class);
        assertThat(application.bean(SmallRyeHealthReporter.class).getReadiness().isDown())
                .isTrue();
        assertThat(probe().getStatus()).isEqualTo(HealthCheckResponse.Status.DOWN);
        assertThat(told("LockManager")).isEqualTo("redis://nowhere refused the password");
    }

    @Test
    void storeThatHangsKeepsNoProbeAndIsNotAskedTwice() {
        CountDownLatch answer = new CountDownLatch(1);
        application = Application.deploy(
                added(new TestAdapter(Reach.CLUSTER, () -> {
                    await(answer);
                    return free();
                })),
                Plain.class);
        long start = System.nanoTime();
        assertThat(probe().getStatus()).isEqualTo(HealthCheckResponse.Status.DOWN);
        assertThat(Duration.ofNanos(System.nanoTime() - start))
                .isBetween(Duration.ofSeconds(2), Duration.ofSeconds(20));
        assertThat(told("LockManager")).isEqualTo("GUARDED-0522 The store gave no answer within 2 s.");
        answer.countDown();
        assertThat(probe().getStatus()).isEqualTo(HealthCheckResponse.Status.UP);
        assertThat(looks).hasValue(1);
        assertThat(probe().getStatus()).isEqualTo(HealthCheckResponse.Status.UP);
        assertThat(looks).hasValue(2);
    }

    @Test
    void storeWhoseConnectionsAreBusyForAMomentIsReady() {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch answer = new CountDownLatch(1);
        TestAdapter adapter = added(new TestAdapter(Reach.CLUSTER, () -> {
            asked.countDown();
            await(answer);
            return free();
        }));
        application = Application.deploy(adapter, Plain.class);
        NamedLock lock = adapter.locks().getOrCreateLock("busy");
        CompletableFuture<Boolean> busy = CompletableFuture.supplyAsync(lock::isLocked, ThreadPerTask.EXECUTOR);
        await(asked);
        CompletableFuture<HealthCheckResponse> probe =
                CompletableFuture.supplyAsync(this::probe, ThreadPerTask.EXECUTOR);
        assertThat(probe).failsWithin(Duration.ofMillis(200)).withThrowableOfType(TimeoutException.class);
        answer.countDown();
        assertThat(probe.join().getStatus()).isEqualTo(HealthCheckResponse.Status.UP);
        assertThat(busy.join()).isFalse();
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void everyAdapterThatTheApplicationNamesIsAsked() {
        application = Application.deploy(up(), Plain.class, ByOther.class);
        TestNaming.BOUND.put(OTHER, down().locks());
        assertThat(probe().getStatus()).isEqualTo(HealthCheckResponse.Status.DOWN);
        assertThat(told("LockManager")).asString().startsWith("answered in ");
        assertThat(told(OTHER)).isEqualTo("redis://nowhere refused the password");
    }

    @Test
    void injectedAdapterIsAskedAndAnotherIsNot() {
        application = Application.deploy(down(), InjectsOther.class);
        TestNaming.BOUND.put(OTHER, up().locks());
        assertThat(probe().getStatus()).isEqualTo(HealthCheckResponse.Status.UP);
        assertThat(probe().getData().orElseThrow()).containsOnlyKeys(OTHER);
    }

    @Test
    void injectedManagerIsAskedBeforeItIsUsed() {
        application = Application.deploy(down(), Injects.class);
        assertThat(probe().getStatus()).isEqualTo(HealthCheckResponse.Status.DOWN);
    }

    @Test
    void applicationThatUsesNoLockIsReady() {
        application = Application.deploy(down(), Unguarded.class);
        assertThat(probe().getStatus()).isEqualTo(HealthCheckResponse.Status.UP);
    }

    @Test
    void adapterThatIsNotThereIsNotReady() {
        application = Application.deploy(Plain.class);
        assertThat(probe().getStatus()).isEqualTo(HealthCheckResponse.Status.DOWN);
        assertThat(told("LockManager")).asString().startsWith("GUARDED-0513 No LockManager was found.");
        TestNaming.BOUND.put("eis/LockManager", up().locks());
        assertThat(probe().getStatus()).isEqualTo(HealthCheckResponse.Status.UP);
    }

    @Test
    void probeDoesNotFindOnBehalfOfAModule() {
        application = Application.deploy(Plain.class);
        TestNaming.BOUND.put("java:/eis/LockManager", up().locks());
        assertThat(probe().getStatus()).isEqualTo(HealthCheckResponse.Status.UP);
        TestNaming.BOUND.put(
                "java:comp/env/LockManager",
                added(new TestAdapter(Duration.ZERO)).locks());
        application.bean(Plain.class).run();
        assertThat(told("LockManager")).isEqualTo("no store in use: locks are of reach LOCAL");
        TestNaming.BOUND.clear();
        assertThat(told("LockManager")).isEqualTo("no store in use: locks are of reach LOCAL");
    }

    @Test
    void localLocksNeedNoStore() {
        TestAdapter local = added(new TestAdapter(Duration.ZERO));
        application = Application.deploy(local, Plain.class);
        assertThat(probe().getStatus()).isEqualTo(HealthCheckResponse.Status.UP);
        LockManager locks = local.locks();
        NamedLock inCluster = locks.getOrCreateLock("mine", LockSettings.cluster());
        assertThat(probe().getStatus()).isEqualTo(HealthCheckResponse.Status.DOWN);
        assertThat(inCluster.name()).as("kept until here").isEqualTo("mine");
    }

    @Test
    void methodGuardedInTheClusterNeedsTheStoreWhateverTheDefault() {
        application = Application.deploy(added(new TestAdapter(Duration.ZERO)), InCluster.class);
        assertThat(probe().getStatus()).isEqualTo(HealthCheckResponse.Status.DOWN);
    }

    @Test
    void checkCanBeSwitchedOff() {
        configure("guarded.health.enabled", "false");
        application = Application.deploy(up(), Plain.class);
        assertThat(application.has(HealthCheck.class, Readiness.Literal.INSTANCE))
                .isFalse();
    }

    @Test
    void checkGoesWithTheServersOwnUnlessItIsWanted() {
        configure("mp.health.disable-default-procedures", "true");
        try (Application without = Application.deploy(up(), Plain.class)) {
            assertThat(without.has(HealthCheck.class, Readiness.Literal.INSTANCE))
                    .isFalse();
        }
        configure("guarded.health.enabled", "true");
        application = Application.deploy(up(), Plain.class);
        assertThat(application.has(HealthCheck.class, Readiness.Literal.INSTANCE))
                .isTrue();
    }
}
