// SPDX-License-Identifier: Apache-2.0
package dev.guarded.cdi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.guarded.lock.Lease;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class StageMethodTest {

    private final TestAdapter adapter = new TestAdapter(Duration.ZERO);
    private final Application application = Application.deploy(adapter, Jobs.class);
    private final Jobs jobs = application.bean(Jobs.class);

    /** A stage whose dependents are no stages of its own class. */
    static final class OwnFuture extends CompletableFuture<String> {

        @Override
        public <U> CompletableFuture<U> newIncompleteFuture() {
            return new CompletableFuture<>();
        }
    }

    @ApplicationScoped
    public static class Jobs {

        @Guarded("job")
        public CompletionStage<String> run(CompletionStage<String> work) {
            return work;
        }

        @Guarded("job")
        public CompletableFuture<String> future(CompletableFuture<String> work) {
            return work;
        }

        @Guarded("job")
        public OwnFuture own(OwnFuture work) {
            return work;
        }

        @Guarded("job")
        public <T> T generic(T work) {
            return work;
        }

        @Guarded({"a", "b"})
        public Object anything(Object work) {
            return work;
        }

        @Guarded({"a", "b"})
        public CompletionStage<String> both(CompletionStage<String> work) {
            return work;
        }

        @Guarded(value = "job", onTimeout = OnTimeout.SKIP)
        public CompletionStage<String> skipped() {
            throw new AssertionError("ran");
        }

        @Guarded(value = "job", onTimeout = OnTimeout.SKIP)
        public OwnFuture skippedOwn() {
            throw new AssertionError("ran");
        }

        @Guarded(value = "job", onTimeout = OnTimeout.RUN_UNGUARDED)
        public CompletionStage<String> unguarded(CompletionStage<String> work) {
            return work;
        }
    }

    @AfterEach
    void close() {
        application.close();
        adapter.close();
    }

    private boolean locked(String name) {
        return adapter.locks().getOrCreateLock(name).isLocked();
    }

    private void becomesFree(String name) {
        try (Lease lease = adapter.locks().acquire(name, Duration.ofSeconds(20))) {
            assertThat(lease.isHeld()).isTrue();
        }
    }

    @Test
    void lockIsKeptUntilTheStageHasCompleted() {
        CompletableFuture<String> work = new CompletableFuture<>();
        CompletionStage<String> stage = jobs.run(work);
        assertThat(locked("job")).isTrue();
        assertThatThrownBy(() -> jobs.run(work)).isExactlyInstanceOf(GuardedNotGrantedException.class);
        work.complete("done");
        assertThat(stage.toCompletableFuture()).isCompletedWithValue("done");
        becomesFree("job");
    }

    @Test
    void lockIsKeptForAStageThatTheMethodsTypeDoesNotTellOf() {
        CompletableFuture<String> work = new CompletableFuture<>();
        CompletionStage<String> generic = jobs.generic(work);
        Object anything = jobs.anything(work);
        assertThat(locked("job")).isTrue();
        assertThat(locked("a")).isTrue();
        assertThat(locked("b")).isTrue();
        work.complete("done");
        becomesFree("job");
        becomesFree("a");
        becomesFree("b");
        assertThat(generic.toCompletableFuture()).isCompletedWithValue("done");
        assertThat(anything).isInstanceOf(CompletionStage.class);
    }

    @Test
    void whatIsNoStageIsReturnedAsItIsAndKeepsNoLock() {
        assertThat(jobs.generic("text")).isEqualTo("text");
        assertThat(jobs.anything("text")).isEqualTo("text");
        assertThat(jobs.anything(null)).isNull();
        assertThat(locked("job")).isFalse();
        assertThat(locked("a")).isFalse();
    }

    @Test
    void allLocksAreKeptUntilTheStageHasFailed() {
        CompletableFuture<String> work = new CompletableFuture<>();
        CompletionStage<String> stage = jobs.both(work);
        assertThat(locked("a")).isTrue();
        assertThat(locked("b")).isTrue();
        IllegalStateException failure = new IllegalStateException("disk full");
        work.completeExceptionally(failure);
        becomesFree("a");
        becomesFree("b");
        assertThatThrownBy(() -> stage.toCompletableFuture().get()).rootCause().isSameAs(failure);
    }

    @Test
    void whatIsReturnedHasTheTypeOfTheMethod() {
        OwnFuture own = new OwnFuture();
        assertThat(jobs.own(own)).isSameAs(own);
        assertThat(locked("job")).isTrue();
        own.complete("done");
        becomesFree("job");
        assertThat(jobs.future(CompletableFuture.completedFuture("done"))).isCompletedWithValue("done");
        assertThat(locked("job")).isFalse();
    }

    @Test
    void noStageKeepsNoLock() {
        assertThat(jobs.run(null)).isNull();
        assertThat(locked("job")).isFalse();
    }

    @Test
    void skippedCallReturnsACompletedStageOfNothing() {
        try (Lease taken = adapter.locks().acquire("job").detach()) {
            assertThat(taken.isHeld()).isTrue();
            assertThat(jobs.skipped().toCompletableFuture()).isCompletedWithValue(null);
            assertThat(jobs.skippedOwn()).isNull();
        }
    }

    @Test
    void unguardedStageIsReturnedAsItIs() {
        CompletableFuture<String> work = new CompletableFuture<>();
        try (Lease taken = adapter.locks().acquire("job").detach()) {
            assertThat(taken.isHeld()).isTrue();
            assertThat(jobs.unguarded(work)).isSameAs(work);
        }
    }
}
