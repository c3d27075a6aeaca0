// SPDX-License-Identifier: Apache-2.0
package dev.guarded.connector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.guarded.core.spi.Surroundings.Completion;
import dev.guarded.core.spi.Surroundings.Transaction;
import dev.guarded.testkit.Proves;
import jakarta.transaction.Status;
import jakarta.transaction.Synchronization;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class JtaSurroundingsTest {

    private final TestTransactions registry = new TestTransactions();
    private final JtaSurroundings surroundings = new JtaSurroundings(registry);
    private final List<String> trace = new ArrayList<>();

    private Transaction begun() {
        registry.begin("tx-1");
        return surroundings.transaction().orElseThrow();
    }

    private void register(Transaction transaction) {
        transaction.register(
                () -> trace.add("check"), how -> trace.add(how == Completion.KNOWN ? "completed" : "in doubt"));
    }

    /** As a persistence provider does it: when it is first used, which is after the lock was acquired. */
    private void flushAtCompletion() {
        registry.registerInterposedSynchronization(new Synchronization() {
            @Override
            public void beforeCompletion() {
                trace.add("flush");
            }

            @Override
            public void afterCompletion(int status) {
                trace.add("flushed");
            }
        });
    }

    @Test
    void thereIsNoTransactionWhereTheServerKnowsNone() {
        assertThat(surroundings.transaction()).isEmpty();
    }

    @Test
    void theSameTransactionHasTheSameKey() {
        Object key = begun().key();

        assertThat(surroundings.transaction().orElseThrow().key()).isEqualTo(key);
        registry.begin("tx-2");
        assertThat(surroundings.transaction().orElseThrow().key()).isNotEqualTo(key);
    }

    @Test
    @Proves({"#21", "law 12"})
    void theLastCheckComesBehindTheFlushThatWasRegisteredLater() {
        register(begun());
        flushAtCompletion();

        registry.commit();

        assertThat(trace.subList(0, 2)).containsExactly("flush", "check");
        assertThat(trace).containsOnlyOnce("completed");
    }

    @Test
    @Proves({"#20", "law 12"})
    void aRollbackCompletesOnceAndChecksNothing() {
        register(begun());
        flushAtCompletion();

        registry.end(Status.STATUS_ROLLEDBACK);

        assertThat(trace).doesNotContain("check").containsOnlyOnce("completed");
    }

    @Test
    @Proves({"#21", "law 12"})
    void anExceptionOfTheCheckReachesTheCommit() {
        begun().register(
                        () -> {
                            throw new IllegalStateException("lost");
                        },
                        how -> trace.add("completed"));

        assertThatThrownBy(registry::commit).hasMessage("lost");
    }

    @Test
    void aServerThatTakesNoLateComersGetsAnEarlyCheck() {
        registry.refuseLateComers();
        register(begun());
        flushAtCompletion();

        registry.commit();

        assertThat(trace).containsOnlyOnce("check", "completed");
    }

    @Test
    @Proves("law 12")
    void anOutcomeThatIsNotKnownIsToldAsSuch() {
        register(begun());

        registry.end(Status.STATUS_UNKNOWN);

        assertThat(trace).containsExactly("in doubt");
    }

    @Test
    void nothingCanBeBoundToATransactionThatIsMarkedForRollback() {
        Transaction transaction = begun();
        registry.setRollbackOnly();

        assertThat(transaction.active()).isFalse();
        assertThatThrownBy(() -> register(transaction)).isInstanceOf(IllegalStateException.class);
        registry.commit();
        assertThat(trace).isEmpty();
    }

    @Test
    void outsideAnApplicationThereIsNoApplicationName() {
        assertThat(surroundings.application()).isEmpty();
    }
}
