// SPDX-License-Identifier: Apache-2.0
package dev.guarded.cdi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.guarded.core.spi.Surroundings;
import dev.guarded.lock.Lease;
import dev.guarded.lock.LeaseLostException;
import dev.guarded.testkit.Proves;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.interceptor.AroundInvoke;
import jakarta.interceptor.Interceptor;
import jakarta.interceptor.InvocationContext;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Transactions that begin inside of a guard, where {@code @Transactional} begins them. */
class InnerTransactionTest {

    private final OneTransaction transactions = new OneTransaction();
    private final TestAdapter adapter = new TestAdapter(Duration.ZERO, transactions);
    private final Application application = Application.deploy(
            adapter, InTransaction.class, InNewTransaction.class, Books.class, Journal.class, Office.class);
    private final Books books = application.bean(Books.class);

    /** Does what a server does for {@code @Transactional}, which Weld alone knows nothing of. */
    abstract static class Transacting {

        static OneTransaction transactions;

        @AroundInvoke
        Object around(InvocationContext call) throws Exception {
            transactions.begin();
            try {
                Object result = call.proceed();
                transactions.commit();
                return result;
            } finally {
                transactions.current = null;
            }
        }
    }

    @Transactional(TxType.REQUIRED)
    @Interceptor
    @Priority(Interceptor.Priority.PLATFORM_BEFORE + 200)
    public static class InTransaction extends Transacting {}

    @Transactional(TxType.REQUIRES_NEW)
    @Interceptor
    @Priority(Interceptor.Priority.PLATFORM_BEFORE + 200)
    public static class InNewTransaction extends Transacting {}

    @ApplicationScoped
    public static class Books {

        boolean written;

        @Transactional
        @Guarded({"ledger", "journal"})
        public void write(Runnable meanwhile) {
            meanwhile.run();
            written = true;
        }

        @Transactional
        @Guarded(value = "ledger", onTimeout = OnTimeout.RUN_UNGUARDED)
        public void writeUnguarded(Runnable meanwhile) {
            meanwhile.run();
        }
    }

    /** Knows of no lock. */
    @ApplicationScoped
    @Transactional
    public static class Journal {

        public void write(Runnable meanwhile) {
            meanwhile.run();
        }

        @Transactional(TxType.MANDATORY)
        public void writeInto(Runnable meanwhile) {
            meanwhile.run();
        }

        @Transactional(TxType.REQUIRES_NEW)
        public void writeApart(Runnable meanwhile) {
            meanwhile.run();
        }
    }

    /** Guarded, in no transaction of its own, around a call that is in one. */
    @ApplicationScoped
    public static class Office {

        @Inject
        Books books;

        @Inject
        Journal journal;

        @Inject
        Lease lease;

        @Guarded("office")
        public void open(Runnable meanwhile) {
            books.write(meanwhile);
        }

        @Guarded("office")
        public void closeAndWrite(Runnable meanwhile) {
            lease.release();
            books.write(meanwhile);
        }

        @Guarded("office")
        public void note(Runnable meanwhile) {
            journal.write(meanwhile);
        }

        @Guarded("office")
        public void noteApart(Runnable meanwhile) {
            journal.writeApart(meanwhile);
        }

        @Guarded("office")
        public void noteByHand(Runnable meanwhile) {
            InTransaction.transactions.begin();
            journal.writeInto(meanwhile);
            InTransaction.transactions.commit();
        }

        @Guarded("office")
        public void openBesides(Runnable meanwhile) {
            books.writeUnguarded(meanwhile);
        }
    }

    /** A transaction manager for one thread. */
    static final class OneTransaction implements Surroundings, Surroundings.Transaction {

        private final List<Runnable> checks = new ArrayList<>();
        private OneTransaction current;
        private int commits;

        void begin() {
            checks.clear();
            current = this;
        }

        void commit() {
            try {
                checks.forEach(Runnable::run);
                commits++;
            } finally {
                current = null;
            }
        }

        @Override
        public Optional<Transaction> transaction() {
            return Optional.ofNullable(current);
        }

        @Override
        public Object key() {
            return this;
        }

        @Override
        public boolean active() {
            return current == this;
        }

        @Override
        public void register(Runnable beforeCommit, Consumer<Completion> completed) {
            checks.add(beforeCommit);
        }
    }

    @BeforeEach
    void begin() {
        Transacting.transactions = transactions;
    }

    @AfterEach
    void close() {
        application.close();
        adapter.close();
    }

    private void takeAway(String name) {
        var lock = adapter.locks().getLock(name).orElseThrow();
        lock.forceRelease(lock.status().holder().orElseThrow().fencingToken());
    }

    @Test
    @Proves("law 12")
    void everyLockOfTheMethodIsCheckedBeforeTheCommit() {
        books.write(() -> assertThat(transactions.checks).hasSize(2));
        assertThat(transactions.commits).isOne();
    }

    @Test
    @Proves("law 12")
    void lossOfAnyLockRefusesTheCommit() {
        for (String name : List.of("ledger", "journal")) {
            assertThatThrownBy(() -> books.write(() -> takeAway(name)))
                    .isInstanceOf(LeaseLostException.class)
                    .hasMessageContaining(name);
        }
        assertThat(transactions.commits).isZero();
    }

    @Test
    void lockThatAnOuterCallHasGivenUpByHandIsNotMissed() {
        Office office = application.bean(Office.class);
        office.closeAndWrite(() -> assertThat(transactions.checks).hasSize(2));
        assertThat(transactions.commits).isOne();
    }

    @Test
    @Proves("law 12")
    void locksOfOuterGuardedCallsAreCheckedToo() {
        Office office = application.bean(Office.class);
        office.open(() -> assertThat(transactions.checks).hasSize(3));
        try (Lease taken = adapter.locks().acquire("ledger").detach()) {
            assertThat(taken.isHeld()).isTrue();
            assertThatThrownBy(() -> office.openBesides(() -> takeAway("office")))
                    .isInstanceOf(LeaseLostException.class);
        }
        assertThat(transactions.commits).isOne();
    }

    @Test
    @Proves("law 12")
    void transactionOfABeanThatKnowsOfNoLockIsNotCommittedWithoutIt() {
        Office office = application.bean(Office.class);
        List<Consumer<Runnable>> ways = List.of(office::note, office::noteApart, office::noteByHand);
        for (Consumer<Runnable> write : ways) {
            write.accept(() -> assertThat(transactions.checks).hasSize(1));
        }
        assertThat(transactions.commits).isEqualTo(3);
        for (Consumer<Runnable> write : ways) {
            assertThatThrownBy(() -> write.accept(() -> takeAway("office"))).isInstanceOf(LeaseLostException.class);
        }
        assertThat(transactions.commits).isEqualTo(3);
    }

    @Test
    void transactionInNoGuardIsNobodysConcern() {
        application
                .bean(Journal.class)
                .write(() -> assertThat(transactions.checks).isEmpty());
        assertThat(transactions.commits).isOne();
    }
}
