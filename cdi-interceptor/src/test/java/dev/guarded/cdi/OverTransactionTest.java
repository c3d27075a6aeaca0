// SPDX-License-Identifier: Apache-2.0
package dev.guarded.cdi;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.guarded.core.spi.Surroundings;
import dev.guarded.lock.LockNotGrantedException;
import dev.guarded.testkit.Proves;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A transaction that is over by the time of the grant is no contention: nobody else does the work. */
class OverTransactionTest {

    private final TestAdapter adapter = new TestAdapter(Duration.ZERO, new Over());
    private final Application application = Application.deploy(adapter, Jobs.class);
    private final Jobs jobs = application.bean(Jobs.class);

    @ApplicationScoped
    public static class Jobs {

        @Guarded(value = "job", onTimeout = OnTimeout.SKIP)
        public void skipped() {
            throw new AssertionError("ran");
        }

        @Guarded(value = "job", onTimeout = OnTimeout.RUN_UNGUARDED)
        public void unguarded() {
            throw new AssertionError("ran");
        }
    }

    private static final class Over implements Surroundings, Surroundings.Transaction {

        @Override
        public Optional<Transaction> transaction() {
            return Optional.of(this);
        }

        @Override
        public Object key() {
            return this;
        }

        @Override
        public boolean active() {
            return false;
        }

        @Override
        public void register(Runnable beforeCommit, Consumer<Completion> completed) {
            throw new IllegalStateException("over");
        }
    }

    @AfterEach
    void close() {
        application.close();
        adapter.close();
    }

    @Test
    @Proves({"#19", "law 12"})
    void nothingIsSkippedAndNothingRuns() {
        assertThatThrownBy(jobs::skipped)
                .isInstanceOf(LockNotGrantedException.class)
                .hasMessageContaining("GUARDED-0105");
        assertThatThrownBy(jobs::unguarded)
                .isInstanceOf(LockNotGrantedException.class)
                .hasMessageContaining("GUARDED-0105");
    }
}
