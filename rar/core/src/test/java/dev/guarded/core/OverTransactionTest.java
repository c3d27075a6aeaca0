// SPDX-License-Identifier: Apache-2.0
package dev.guarded.core;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.guarded.lock.LockNotGrantedException;
import dev.guarded.lock.NamedLock;
import dev.guarded.testkit.Proves;
import org.junit.jupiter.api.Test;

/** Who does not wait, in a transaction in which nothing can be done any more. */
class OverTransactionTest {

    private final Cluster cluster = new Cluster();
    private final NamedLock lock = cluster.one.getOrCreateLock("orders");

    @Test
    @Proves({"law 2", "law 12"})
    void transactionThatIsOverIsNotTakenForALockThatSomebodyHas() {
        cluster.transactions.begin().markForRollback();
        assertThatThrownBy(lock::tryAcquire)
                .isInstanceOf(LockNotGrantedException.class)
                .hasMessageContaining("GUARDED-0105");
        assertThatThrownBy(() -> lock.tryRun(() -> {
                    throw new AssertionError("the body ran");
                }))
                .isInstanceOf(LockNotGrantedException.class)
                .hasMessageContaining("GUARDED-0105");
    }
}
