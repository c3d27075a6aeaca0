// SPDX-License-Identifier: Apache-2.0
package dev.guarded.arquillian.paths;

import dev.guarded.lock.Lease;
import dev.guarded.lock.LockManager;
import dev.guarded.lock.LockSettings;
import dev.guarded.lock.NamedLock;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** The paths on which something else than a plain commit happens. */
@ApplicationScoped
public class Paths {

    private static final long A_LITTLE = TimeUnit.MILLISECONDS.toNanos(100);
    private static final long BEYOND_THE_TIMEOUT = TimeUnit.MILLISECONDS.toNanos(2_500);
    private static final Duration BRIEF = Duration.ofSeconds(1);
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @Resource
    TransactionSynchronizationRegistry registry;

    @Resource
    ManagedExecutorService executor;

    @Inject
    LockManager locks;

    @Inject
    Demarcations demarcations;

    @Inject
    Teller teller;

    @Inject
    Desk desk;

    @Inject
    Entry entry;

    @Inject
    Books books;

    /** Walks a path; those that only commit are named as their demarcation. */
    public void walk(String path, String name, Thief thief) throws Exception {
        switch (path) {
            case "rollback" ->
                teller.required(name, () -> {
                    entry.make(name);
                    registry.setRollbackOnly();
                });
            case "exception" ->
                teller.required(name, () -> {
                    entry.make(name);
                    throw new IllegalStateException("on purpose");
                });
            case "timeout" -> demarcations.inTransaction(1, () -> teller.required(name, () -> entry.overstay(name)));
            case "waiting" -> waitingLongerThanTheTransaction(name);
            case "twice" ->
                demarcations.inTransaction(0, () -> {
                    teller.required(name, () -> entry.make(name));
                    teller.required(name, () -> entry.makeAnother(name));
                });
            case "nested" ->
                teller.required(name, () -> {
                    entry.make(name);
                    teller.required(name, () -> entry.makeAnother(name));
                });
            case "new-nested" ->
                teller.required(name, () -> {
                    entry.make(name);
                    refused(name);
                });
            case "new-sequential" ->
                demarcations.inTransaction(0, () -> {
                    teller.required(name, () -> entry.make(name));
                    refused(name);
                });
            case "unsupported" ->
                teller.required(name, () -> {
                    entry.make(name);
                    teller.notSupported(
                            name,
                            () -> Trace.note("inner body, token "
                                    + locks.requireHeld(name).fencingToken()));
                });
            case "stolen-before-flush" ->
                teller.required(name, () -> {
                    entry.make(name);
                    thief.steals(name);
                });
            case "stolen-after-flush" ->
                teller.required(name, () -> {
                    entry.make(name);
                    Ledger.onFlush(() -> thief.steals(name));
                });
            case "unreachable" ->
                teller.required(name, () -> {
                    entry.make(name);
                    Ledger.onFlush(thief::stopsTheStore);
                });
            case "expired-in-body" ->
                teller.briefly(name, () -> {
                    entry.make(name);
                    outlast(locks.requireHeld(name), thief);
                });
            case "expired-after-flush" ->
                teller.briefly(name, () -> {
                    Lease lease = locks.requireHeld(name);
                    entry.make(name);
                    Ledger.onFlush(() -> outlast(lease, thief));
                });
            case "unrenewed" -> unrenewed(name);
            case "stolen-inside" ->
                desk.guarded(name, () -> {
                    entry.make(name);
                    thief.steals(name);
                });
            case "unreachable-inside" ->
                desk.guarded(name, () -> {
                    entry.make(name);
                    Ledger.onFlush(thief::stopsTheStore);
                });
            case "stolen-in-another-bean" ->
                teller.notSupported(
                        name,
                        () -> desk.unguarded(() -> {
                            entry.make(name);
                            thief.steals(name);
                        }));
            case "stolen-in-a-new-one" ->
                teller.required(
                        name,
                        () -> desk.apart(() -> {
                            entry.make(name);
                            thief.steals(name);
                        }));
            case "stolen-bean-managed" -> stolenInATransactionOfTheBodys(name, thief);
            case "stage" -> stage(name);
            case "read-before" -> readBefore(name);
            default -> demarcations.run(path, name, () -> entry.make(name));
        }
    }

    /** In another transaction than the one to which the lock is bound. */
    private void refused(String name) {
        // More than once: the first exception of a JVM is slow, since its classes are loaded.
        for (int i = 0; i < 5; i++) {
            failing("refused", () -> teller.requiresNew(name, () -> Trace.note("BODY RUNS")));
            // What the server itself takes to tell its log of an exception.
            failing("unguarded", teller::fails);
        }
    }

    private static void failing(String how, Runnable call) {
        long start = System.nanoTime();
        try {
            call.run();
        } catch (RuntimeException e) {
            Trace.note(how + " after " + TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - start) + " us: "
                    + Causes.of(e));
        }
    }

    private void waitingLongerThanTheTransaction(String name) throws Exception {
        Lease other = locks.acquire(name, Duration.ofSeconds(1)).detach();
        executor.execute(() -> {
            Entry.pause(BEYOND_THE_TIMEOUT);
            Trace.note("the other releases");
            other.close();
        });
        demarcations.inTransaction(1, () -> {
            Trace.note("asks");
            teller.required(name, () -> Trace.note("BODY RUNS"));
        });
    }

    /** Lets nothing through that would renew a lease until its time is over, and then everything again. */
    private static void outlast(Lease lease, Thief thief) {
        thief.stopsTheStore();
        outlast(lease);
        thief.startsTheStore();
    }

    /** Works on until a lease is over. */
    private static void outlast(Lease lease) {
        CountDownLatch over = new CountDownLatch(1);
        Trace.note("lease ends at " + (System.nanoTime() + lease.remaining().toNanos()));
        lease.onLost(loss -> over.countDown());
        try {
            if (!over.await(30, TimeUnit.SECONDS)) {
                Trace.note("LEASE DOES NOT END");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        Trace.note("ran out");
    }

    /** A lease that is never renewed, taken by hand in the caller's transaction. */
    private void unrenewed(String name) throws Exception {
        NamedLock lock = locks.getOrCreateLock(
                name, LockSettings.defaults().leaseTime(BRIEF).maxHold(BRIEF));
        demarcations.inTransaction(0, () -> {
            try (Lease lease = lock.acquire(PATIENCE)) {
                entry.make(name);
                outlast(lease);
            }
        });
    }

    /** A body begins a transaction by hand and says that it is not to be committed without the lock. */
    private void stolenInATransactionOfTheBodys(String name, Thief thief) throws Exception {
        locks.getOrCreateLock(name).call(PATIENCE, () -> {
            demarcations.inTransaction(0, () -> {
                locks.requireHeld(name);
                entry.make(name);
                thief.steals(name);
            });
            return name;
        });
    }

    private void stage(String name) throws Exception {
        CompletableFuture<String> rest = new CompletableFuture<>();
        teller.stage(name, () -> {
            entry.make(name);
            return rest;
        });
        Trace.note("method returned");
        Entry.pause(A_LITTLE);
        Trace.note("stage completes");
        rest.complete(name);
    }

    /** What a transaction has read before the grant it does not read again: the other's increment is lost. */
    private void readBefore(String name) throws Exception {
        demarcations.inTransaction(0, () -> {
            Trace.note("reads " + books.read(name) + " before it asks for the lock");
            executor.submit(() -> teller.required(name, () -> books.increment(name)))
                    .get(30, TimeUnit.SECONDS);
            Trace.note("another has committed " + books.committed(name));
            teller.required(name, () -> entry.make(name));
        });
    }
}
