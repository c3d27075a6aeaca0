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
import jakarta.interceptor.InterceptorBinding;
import jakarta.interceptor.InvocationContext;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A transaction that begins where {@code @Transactional} begins one: inside of the guard, outside of the method. */
class InnerTransactionTest {

    private final OneTransaction transactions = new OneTransaction();
    private final TestAdapter adapter = new TestAdapter(Duration.ZERO, transactions);
    private final Application application = Application.deploy(adapter, InTransaction.class, Books.class, Office.class);
    private final Books books = application.bean(Books.class);

    @InterceptorBinding
    @Retention(RetentionPolicy.RUNTIME)
    @interface Transacted {}

    @Transacted
    @Interceptor
    @Priority(Interceptor.Priority.PLATFORM_BEFORE + 200)
    public static class InTransaction {

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

    @ApplicationScoped
    public static class Books {

        boolean written;

        @Transacted
        @Guarded({"ledger", "journal"})
        public void write(Runnable meanwhile) {
            meanwhile.run();
            written = true;
        }

        @Transacted
        @Guarded(value = "ledger", onTimeout = OnTimeout.RUN_UNGUARDED)
        public void writeUnguarded(Runnable meanwhile) {
            meanwhile.run();
        }
    }

    /** Guarded, in no transaction of its own, around a call that is in one. */
    @ApplicationScoped
    public static class Office {

        @Inject
        Books books;

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
            checks.forEach(Runnable::run);
            commits++;
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
        InTransaction.transactions = transactions;
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
}
