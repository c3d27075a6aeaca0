// SPDX-License-Identifier: Apache-2.0
package dev.guarded.cdi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.guarded.lock.AcquireInterruptedException;
import dev.guarded.lock.Lease;
import dev.guarded.lock.LeaseLostException;
import dev.guarded.lock.LockManager;
import dev.guarded.lock.LockNotGrantedException;
import dev.guarded.lock.LockSettings;
import dev.guarded.lock.NamedLock;
import dev.guarded.testkit.Proves;
import jakarta.ejb.ApplicationException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class GuardedCallTest {

    private static TestAdapter adapter;
    private static Application application;
    private static Payouts payouts;

    /** Kept for as long as the tests run: a lock that nobody refers to is forgotten together with its settings. */
    private static NamedLock shortLived;

    @ApplicationScoped
    public static class Payouts {

        private int balance;

        @Inject
        LockManager locks;

        @Inject
        Ledger ledger;

        @Guarded("account")
        public int increment() {
            int read = balance;
            Thread.onSpinWait();
            balance = read + 1;
            return balance;
        }

        @Guarded({"m:#{from}", "m:#{to}"})
        public boolean transfer(String from, String to) {
            return locks.requireHeld("m:" + from).isHeld()
                    && locks.requireHeld("m:" + to).isHeld();
        }

        @Guarded({"same", "same"})
        public String twice() {
            return locks.requireHeld("same").name();
        }

        @Guarded("ledger")
        public boolean joins() {
            return ledger.write();
        }

        @Guarded("checked")
        public void failing() throws IOException {
            throw new IOException("disk full");
        }

        @Guarded(value = "refusing", onTimeout = OnTimeout.SKIP)
        public void refusing(LockNotGrantedException own) {
            throw own;
        }

        @Guarded("short")
        public String losing() {
            lose();
            return "done";
        }

        @Guarded({"long", "short"})
        public String losingOneOfTwo() {
            lose();
            return "done";
        }

        @Guarded("short")
        public void losingAndFailing() throws IOException {
            lose();
            throw new IOException("disk full");
        }

        @Guarded({"long", "short"})
        public void losingWithinAndFailing() throws IOException {
            ledger.losingAndFailing();
        }

        @Guarded("short")
        public void givingBackAndFailing() throws IOException {
            locks.requireHeld("short").release();
            throw new IOException("disk full");
        }

        @Guarded("short")
        public void findingTheLoss() {
            lose();
            locks.requireHeld("short");
        }

        private void lose() {
            Lease lease = locks.requireHeld("short");
            while (lease.isHeld()) {
                Thread.onSpinWait();
            }
        }
    }

    @ApplicationScoped
    public static class Ledger {

        @Inject
        LockManager locks;

        @Guarded("ledger")
        public boolean write() {
            return locks.requireHeld("ledger").isHeld();
        }

        @Guarded("short")
        public void losingAndFailing() throws IOException {
            Lease lease = locks.requireHeld("short");
            while (lease.isHeld()) {
                Thread.onSpinWait();
            }
            throw new IOException("disk full");
        }
    }

    @BeforeAll
    static void deploy() {
        adapter = new TestAdapter(Duration.ofSeconds(20));
        application = Application.deploy(adapter, Payouts.class, Ledger.class);
        payouts = application.bean(Payouts.class);
        Duration tenth = Duration.ofMillis(100);
        shortLived = adapter.locks()
                .getOrCreateLock("short", LockSettings.local().leaseTime(tenth).maxHold(tenth));
    }

    @AfterAll
    static void close() {
        application.close();
        adapter.close();
    }

    @Test
    @Proves("B5")
    void threadsExcludeEachOther() throws Exception {
        Callable<Boolean> many = () -> {
            for (int i = 0; i < 500; i++) {
                payouts.increment();
            }
            return true;
        };
        Together.run(many, many, many, many);
        assertThat(payouts.increment()).isEqualTo(2001);
    }

    @Test
    @Proves({"M7", "#29"})
    void crosswiseNamesDoNotDeadlock() throws Exception {
        Together.run(() -> transfers("a", "b"), () -> transfers("b", "a"));
        assertThat(adapter.locks().getOrCreateLock("m:a").isLocked()).isFalse();
        assertThat(adapter.locks().getOrCreateLock("m:b").isLocked()).isFalse();
    }

    private static boolean transfers(String from, String to) {
        for (int i = 0; i < 300; i++) {
            assertThat(payouts.transfer(from, to)).isTrue();
        }
        return true;
    }

    @Test
    void nameGivenTwiceCountsOnce() {
        assertThat(payouts.twice()).isEqualTo("same");
    }

    @Test
    void nestedCallJoins() {
        assertThat(payouts.joins()).isTrue();
        assertThat(adapter.locks().getOrCreateLock("ledger").isLocked()).isFalse();
    }

    @Test
    @Proves("C1")
    void checkedExceptionArrivesUnchangedAndFreesTheLock() {
        assertThatThrownBy(payouts::failing).isExactlyInstanceOf(IOException.class);
        assertThat(adapter.locks().getOrCreateLock("checked").isLocked()).isFalse();
    }

    @Test
    void refusalThrownByTheBodyIsNotTakenForOurs() {
        LockNotGrantedException own = new LockNotGrantedException("of the body", "another", Duration.ZERO, null, 0);
        assertThatThrownBy(() -> payouts.refusing(own)).isSameAs(own);
    }

    @Test
    @Proves({"#16", "#21"})
    void lostLeaseDiscardsTheResultAndRollsBack() {
        assertThatThrownBy(payouts::losing)
                .isInstanceOf(LeaseLostException.class)
                .isExactlyInstanceOf(GuardedLeaseLostException.class)
                .hasMessageContaining("GUARDED-0201")
                .satisfies(
                        e -> assertThat(((LeaseLostException) e).fencingToken()).isPositive());
        assertThat(shortLived.isLocked()).isFalse();
        assertThat(GuardedLeaseLostException.class
                        .getAnnotation(ApplicationException.class)
                        .rollback())
                .isTrue();
    }

    @Test
    void lossOfOneLockDiscardsTheResultAndFreesAll() {
        assertThatThrownBy(payouts::losingOneOfTwo)
                .isExactlyInstanceOf(GuardedLeaseLostException.class)
                .extracting("lockName")
                .isEqualTo("short");
        assertThat(shortLived.isLocked()).isFalse();
        assertThat(adapter.locks().getOrCreateLock("long").isLocked()).isFalse();
    }

    @Test
    @Proves("#16")
    void exceptionOfTheBodyArrivesAndCarriesTheLoss() {
        assertThatThrownBy(payouts::losingAndFailing)
                .isExactlyInstanceOf(IOException.class)
                .satisfies(e -> assertThat(e.getSuppressed())
                        .singleElement()
                        .isInstanceOf(LeaseLostException.class)
                        .asString()
                        .contains("GUARDED-0201 ", "'short'"));
    }

    @Test
    void lossIsToldOnceThroughNestedCalls() {
        assertThatThrownBy(payouts::losingWithinAndFailing)
                .isExactlyInstanceOf(IOException.class)
                .satisfies(e -> assertThat(e.getSuppressed()).hasSize(1));
        assertThatThrownBy(payouts::findingTheLoss)
                .isInstanceOf(LeaseLostException.class)
                .hasNoSuppressedExceptions();
    }

    @Test
    void leaseGivenBackByTheBodyIsNoLoss() {
        assertThatThrownBy(payouts::givingBackAndFailing)
                .isExactlyInstanceOf(IOException.class)
                .hasNoSuppressedExceptions();
    }

    @Test
    void interruptedWaitArrivesAsAnApplicationExceptionAndKeepsTheFlag() {
        try (Lease taken = adapter.locks().acquire("account").detach()) {
            assertThat(taken.isHeld()).isTrue();
            Thread.currentThread().interrupt();
            assertThatThrownBy(payouts::increment)
                    .isInstanceOf(AcquireInterruptedException.class)
                    .isExactlyInstanceOf(GuardedInterruptedException.class)
                    .hasMessageContaining("GUARDED-0102");
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
    }

    @Test
    void onlyRefusalLetsTheTransactionLive() {
        assertThat(GuardedNotGrantedException.class
                        .getAnnotation(ApplicationException.class)
                        .rollback())
                .isFalse();
        assertThat(GuardedInterruptedException.class
                        .getAnnotation(ApplicationException.class)
                        .rollback())
                .isTrue();
        assertThat(GuardedStoreException.class
                        .getAnnotation(ApplicationException.class)
                        .rollback())
                .isTrue();
    }
}
