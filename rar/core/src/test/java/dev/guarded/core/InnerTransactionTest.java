// SPDX-License-Identifier: Apache-2.0
package dev.guarded.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.guarded.core.TestTransactions.Tx;
import dev.guarded.lock.Lease;
import dev.guarded.lock.LeaseLostException;
import dev.guarded.lock.LockSettings;
import dev.guarded.lock.LockStoreException;
import dev.guarded.lock.NamedLock;
import dev.guarded.testkit.Proves;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A transaction that begins and ends under a lease. */
class InnerTransactionTest {

    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final Duration LONG = Duration.ofMinutes(2);

    private final Cluster cluster = new Cluster();
    private final NamedLock lock = cluster.one.getOrCreateLock("orders");
    private final NamedLock brief = cluster.one.getOrCreateLock(
            "brief", LockSettings.local().leaseTime(PATIENCE).maxHold(PATIENCE));

    private Tx begunUnder(String name) {
        Tx transaction = cluster.transactions.begin();
        cluster.one.requireHeld(name);
        return transaction;
    }

    @Test
    @Proves("law 12")
    void lostLeaseRefusesTheCommit() {
        assertThatThrownBy(() -> brief.run(PATIENCE, () -> {
                    Tx transaction = begunUnder("brief");
                    cluster.pass(LONG);
                    assertThatThrownBy(transaction::commit)
                            .isInstanceOf(LeaseLostException.class)
                            .hasMessageContaining("GUARDED-0201");
                    cluster.transactions.suspend();
                }))
                .isInstanceOf(LeaseLostException.class);
    }

    private NamedLock neverRenewed() {
        return cluster.one.getOrCreateLock("fixed", LockSettings.cluster().maxHold(Cluster.LEASE));
    }

    private void commitAfterTwoSeconds() {
        Tx transaction = begunUnder("fixed");
        cluster.pass(Duration.ofSeconds(2));
        commit(transaction);
    }

    private void commitWhatJoinsForTwoSeconds() {
        Tx transaction = cluster.transactions.begin();
        neverRenewed().run(PATIENCE, () -> cluster.pass(Duration.ofSeconds(2)));
        commit(transaction);
    }

    private void commit(Tx transaction) {
        try {
            transaction.commit();
        } finally {
            cluster.transactions.suspend();
        }
    }

    @Test
    @Proves({"law 8", "law 12"})
    void commitsCarryALeaseNoFurtherThanAWholeLeaseBeyondItsMaxHold() {
        thirdIsRefused(this::commitAfterTwoSeconds);
    }

    @Test
    @Proves({"law 8", "law 12"})
    void commitsOfTransactionsThatJoinItCarryItNoFurtherEither() {
        thirdIsRefused(this::commitWhatJoinsForTwoSeconds);
    }

    /** Commits at 2, 4 and 6 s under a lease of 3 s that is never renewed in the background. */
    private void thirdIsRefused(Runnable commit) {
        assertThatThrownBy(() -> neverRenewed().run(PATIENCE, () -> {
                    commit.run();
                    assertThat(cluster.one.requireHeld("fixed").remaining()).isGreaterThan(Duration.ofMillis(2900));
                    commit.run();
                    assertThat(cluster.one.requireHeld("fixed").remaining()).isLessThan(Duration.ofSeconds(1));
                    assertThatThrownBy(commit::run).isInstanceOf(LeaseLostException.class);
                }))
                .isInstanceOf(LeaseLostException.class);
    }

    @Test
    @Proves("law 12")
    void leaseThatIsStolenBeyondItsMaxHoldRefusesTheCommit() {
        NamedLock fixed =
                cluster.one.getOrCreateLock("fixed", LockSettings.cluster().maxHold(Cluster.LEASE));
        assertThatThrownBy(() -> fixed.run(PATIENCE, () -> {
                    commitAfterTwoSeconds();
                    Tx transaction = begunUnder("fixed");
                    cluster.pass(Duration.ofSeconds(2));
                    cluster.store.lose("fixed");
                    assertThatThrownBy(transaction::commit).isInstanceOf(LeaseLostException.class);
                    cluster.transactions.suspend();
                }))
                .isInstanceOf(LeaseLostException.class);
    }

    @Test
    @Proves("law 12")
    void storeThatDoesNotAnswerRefusesTheCommit() {
        lock.run(PATIENCE, () -> {
            Tx transaction = begunUnder("orders");
            cluster.wireOne.cut();
            assertThatThrownBy(transaction::commit).isInstanceOf(LockStoreException.class);
            cluster.wireOne.mend();
            cluster.transactions.suspend();
        });
    }

    @Test
    @Proves("law 12")
    void leaseIsCheckedOnceInATransactionHoweverOftenItIsRequired() {
        lock.run(PATIENCE, () -> {
            Tx transaction = begunUnder("orders");
            cluster.one.requireHeld("orders");
            lock.run(PATIENCE, () -> cluster.one.requireHeld("orders"));
            assertThat(transaction.checks()).isEqualTo(2);
            transaction.commit();
            cluster.transactions.suspend();
            assertThat(begunUnder("orders").checks()).isOne();
            cluster.transactions.suspend();
        });
    }

    @Test
    void innerTransactionsEndFreesNothing() {
        NamedLock elsewhere = cluster.two.getOrCreateLock("orders");
        lock.run(PATIENCE, () -> {
            Tx transaction = begunUnder("orders");
            transaction.commit();
            cluster.transactions.suspend();
            assertThat(elsewhere.tryAcquire()).isEmpty();
        });
        assertThat(elsewhere.tryAcquire()).isPresent();
    }

    @Test
    void leaseReleasedByHandRefusesNothing() {
        Lease lease = lock.acquire(PATIENCE);
        Tx transaction = begunUnder("orders");
        lease.release();
        assertThatCode(transaction::commit).doesNotThrowAnyException();
    }

    @Test
    @Proves("law 12")
    void leaseThatIsRequiredWhileTheCommitGoesOnIsCheckedAtOnce() {
        lock.run(PATIENCE, () -> {
            Tx transaction = cluster.transactions.begin();
            transaction.takeNoMore();
            cluster.wireOne.cut();
            assertThatThrownBy(() -> cluster.one.requireHeld("orders")).isInstanceOf(LockStoreException.class);
            cluster.wireOne.mend();
            assertThat(cluster.one.requireHeld("orders").isHeld()).isTrue();
            cluster.transactions.suspend();
        });
    }
}
