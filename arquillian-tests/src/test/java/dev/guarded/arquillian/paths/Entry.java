// SPDX-License-Identifier: Apache-2.0
package dev.guarded.arquillian.paths;

import dev.guarded.lock.Lease;
import dev.guarded.lock.LockManager;
import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Status;
import jakarta.transaction.Synchronization;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** The guarded body of most paths: increments the ledger while a rival waits, and notes what happens around it. */
@ApplicationScoped
public class Entry {

    private static final long DWELL_NANOS = TimeUnit.MILLISECONDS.toNanos(20);
    private static final long PATIENCE_NANOS = TimeUnit.MILLISECONDS.toNanos(2_500);

    @Resource
    TransactionSynchronizationRegistry registry;

    @Inject
    LockManager locks;

    @Inject
    Books books;

    @Inject
    Rival rival;

    private volatile CompletableFuture<Void> completion = CompletableFuture.completedFuture(null);

    /** Increments once. */
    public void make(String name) {
        begin(name);
        rival.asks(name);
        books.increment(name);
        Trace.note("body ends");
    }

    /** Increments once more under a lease for which the rival waits already. */
    public void makeAnother(String name) {
        Trace.note("another body begins, token " + locks.requireHeld(name).fencingToken());
        books.increment(name);
        Trace.note("another body ends");
    }

    /** Increments, and works on until well after the transaction has timed out. */
    public void overstay(String name) {
        begin(name);
        rival.asks(name);
        try {
            books.increment(name);
        } finally {
            // Also where a busy machine takes so long for the write that this is what meets the timeout.
            workOn();
        }
    }

    private void workOn() {
        long start = System.nanoTime();
        while (registry.getTransactionStatus() == Status.STATUS_ACTIVE && System.nanoTime() - start < PATIENCE_NANOS) {
            LockSupport.parkNanos(DWELL_NANOS);
        }
        Trace.note("body sees status " + registry.getTransactionStatus());
        pause(10 * DWELL_NANOS);
        Trace.note("body ends");
    }

    private void begin(String name) {
        Lease lease = locks.requireHeld(name);
        Trace.note("granted, body begins, token " + lease.fencingToken());
        Ledger.onFlush(() -> Trace.note("flushed"));
        completion = new CompletableFuture<>();
        registry.registerInterposedSynchronization(new Watch(lease));
    }

    /** Waits until the transaction is over, which may be in another thread and behind the rival's turn. */
    public void isOver() throws Exception {
        completion.get(90, TimeUnit.SECONDS);
    }

    /** Passes time, so that a lock that is released too early is granted in it. */
    static void pause(long nanos) {
        long start = System.nanoTime();
        while (System.nanoTime() - start < nanos) {
            LockSupport.parkNanos(nanos - (System.nanoTime() - start));
        }
    }

    private final class Watch implements Synchronization {

        private final Lease lease;

        Watch(Lease lease) {
            this.lease = lease;
        }

        @Override
        public void beforeCompletion() {
            Trace.note("completion begins, " + left());
            pause(DWELL_NANOS);
            registry.registerInterposedSynchronization(new Synchronization() {
                @Override
                public void beforeCompletion() {
                    Trace.note("checked, " + left());
                    pause(DWELL_NANOS);
                }

                @Override
                public void afterCompletion(int status) {
                    // The outer one tells.
                }
            });
        }

        private String left() {
            return lease.remaining().toMillis() + " ms of the lease left";
        }

        @Override
        public void afterCompletion(int status) {
            Trace.note(status == Status.STATUS_COMMITTED ? "committed" : "not committed, status " + status);
            completion.complete(null);
        }
    }
}
