// SPDX-License-Identifier: Apache-2.0
package dev.guarded.cdi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.guarded.lock.Lease;
import dev.guarded.lock.LockManager;
import dev.guarded.lock.LockNotGrantedException;
import dev.guarded.lock.LockStoreException;
import dev.guarded.lock.NamedLock;
import dev.guarded.lock.Reach;
import dev.guarded.testkit.Proves;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class AttributesTest {

    private static final Duration ADAPTERS = Duration.ofMillis(40);

    private static TestAdapter adapter;
    private static Application application;
    private static Jobs jobs;

    @ApplicationScoped
    public static class Jobs {

        @Inject
        LockManager locks;

        @Guarded("plain")
        public NamedLock plain() {
            return lock("plain");
        }

        @Guarded(value = "local", reach = Reach.LOCAL)
        public NamedLock local() {
            return lock("local");
        }

        @Guarded(value = "cluster", reach = Reach.CLUSTER, onTimeout = OnTimeout.RUN_UNGUARDED)
        public void cluster() {}

        @Guarded(value = "cluster", reach = Reach.CLUSTER, onTimeout = OnTimeout.SKIP)
        public void skippedCluster() {}

        @Guarded(value = "timed", timeout = "80ms")
        public void timed() {}

        @Guarded(value = "patient", timeout = "UNLIMITED")
        public boolean patient() {
            return true;
        }

        @Guarded(value = "leased", leaseTime = "7s")
        public NamedLock leased() {
            return lock("leased");
        }

        @Guarded(value = "kept", atLeastFor = "PT1H")
        public void kept() {}

        @Guarded(value = "skipped", onTimeout = OnTimeout.SKIP)
        public int skipped() {
            return 7;
        }

        @Guarded(value = "skipped", onTimeout = OnTimeout.SKIP)
        public String skippedText() {
            return "ran";
        }

        @Guarded(value = "skipped", onTimeout = OnTimeout.SKIP)
        public void skippedVoid() {
            throw new AssertionError("ran");
        }

        @Guarded(value = "skipped", onTimeout = OnTimeout.SKIP, timeout = "80ms")
        public boolean skippedLate() {
            return true;
        }

        @Guarded(value = "unguarded", onTimeout = OnTimeout.RUN_UNGUARDED)
        public String unguarded() {
            return "ran";
        }

        @Guarded(
                value = {"a", "b"},
                timeout = "100ms")
        public void both() {}

        private NamedLock lock(String name) {
            locks.requireHeld(name);
            return locks.getLock(name).orElseThrow();
        }
    }

    @BeforeAll
    static void deploy() {
        adapter = new TestAdapter(ADAPTERS);
        application = Application.deploy(adapter, Jobs.class);
        jobs = application.bean(Jobs.class);
    }

    @AfterAll
    static void close() {
        application.close();
        adapter.close();
    }

    /** Takes a lock as somebody else would. */
    private static Lease taken(String name) {
        return adapter.locks().acquire(name, Duration.ZERO).detach();
    }

    private static Duration waited(Runnable call) {
        return catchThrowableOfType(LockNotGrantedException.class, call::run).waited();
    }

    @Test
    @Proves({"A20", "#27"})
    void unwrittenAttributesAreTheAdapters() {
        NamedLock lock = jobs.plain();
        assertThat(lock.reach()).isEqualTo(Reach.LOCAL);
        assertThat(lock.settings().leaseTime()).contains(Duration.ofSeconds(30));
        try (Lease taken = taken("plain")) {
            assertThat(taken.isHeld()).isTrue();
            assertThat(waited(jobs::plain)).isBetween(ADAPTERS, ADAPTERS.plusSeconds(5));
        }
    }

    @Test
    @Proves("#27")
    void writtenReachIsThatOfTheLock() {
        assertThat(jobs.local().reach()).isEqualTo(Reach.LOCAL);
        assertThatThrownBy(jobs::cluster)
                .isInstanceOf(LockStoreException.class)
                .isExactlyInstanceOf(GuardedStoreException.class)
                .hasMessageContaining("GUARDED-0103");
    }

    @Test
    @Proves({"#26", "#32", "law 18"})
    void silentStoreNeitherSkipsNorRunsUnguarded() {
        assertThatThrownBy(jobs::skippedCluster).isInstanceOf(LockStoreException.class);
        assertThatThrownBy(jobs::cluster).isInstanceOf(LockStoreException.class);
    }

    @Test
    @Proves("#27")
    void timeoutBoundsTheWait() {
        try (Lease taken = taken("timed")) {
            assertThat(taken.isHeld()).isTrue();
            assertThatThrownBy(jobs::timed)
                    .isExactlyInstanceOf(GuardedNotGrantedException.class)
                    .hasMessageContaining("GUARDED-0101")
                    .hasMessageContaining("within 0.080 s");
        }
    }

    @Test
    void unlimitedWaitEndsWithTheGrant() throws Exception {
        Lease taken = taken("patient");
        Together.run(() -> jobs.patient(), () -> {
            while (adapter.locks().getOrCreateLock("patient").status().waiters() == 0) {
                Thread.onSpinWait();
            }
            return taken.release();
        });
    }

    @Test
    void severalNamesShareOneDeadline() {
        try (Lease taken = taken("b")) {
            assertThat(taken.isHeld()).isTrue();
            assertThat(waited(jobs::both)).isLessThanOrEqualTo(Duration.ofSeconds(5));
            assertThat(adapter.locks().getOrCreateLock("a").isLocked()).isFalse();
        }
    }

    @Test
    @Proves("#27")
    void writtenLeaseTimeIsThatOfTheLock() {
        assertThat(jobs.leased().settings().leaseTime()).contains(Duration.ofSeconds(7));
    }

    @Test
    @Proves("#27")
    void lockStaysTakenForAtLeastThatLong() {
        jobs.kept();
        assertThat(adapter.locks().getOrCreateLock("kept").tryAcquire()).isEmpty();
        assertThatThrownBy(jobs::kept).isInstanceOf(LockNotGrantedException.class);
    }

    @Test
    @Proves({"#26", "#27"})
    void skippedCallReturnsNothingAtOnce() {
        assertThat(jobs.skipped()).isEqualTo(7);
        try (Lease taken = taken("skipped")) {
            assertThat(taken.isHeld()).isTrue();
            assertThat(jobs.skipped()).isZero();
            assertThat(jobs.skippedText()).isNull();
            jobs.skippedVoid();
            assertThat(application.logged())
                    .anySatisfy(line -> assertThat(line)
                            .contains("GUARDED-0511 " + Jobs.class.getName() + ".skipped() was skipped")
                            .contains("is taken"));
        }
    }

    @Test
    void skippedCallWaitsForAWrittenTimeout() {
        long start = System.nanoTime();
        try (Lease taken = taken("skipped")) {
            assertThat(taken.isHeld()).isTrue();
            assertThat(jobs.skippedLate()).isFalse();
        }
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(Duration.ofMillis(80));
    }

    @Test
    @Proves({"#26", "#27", "law 18"})
    void unguardedRunIsTold() {
        try (Lease taken = taken("unguarded")) {
            assertThat(taken.isHeld()).isTrue();
            assertThat(jobs.unguarded()).isEqualTo("ran");
        }
        assertThat(application.logged())
                .anySatisfy(line -> assertThat(line)
                        .startsWith("WARNING GUARDED-0512 " + Jobs.class.getName() + ".unguarded() runs without its"));
    }
}
