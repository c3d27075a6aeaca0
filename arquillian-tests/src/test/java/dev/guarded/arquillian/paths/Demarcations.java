// SPDX-License-Identifier: Apache-2.0
package dev.guarded.arquillian.paths;

import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.transaction.Status;
import jakarta.transaction.UserTransaction;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** The ways to surround the same work with a lock and a transaction that is committed. */
@ApplicationScoped
public class Demarcations {

    @Inject
    Teller teller;

    @Inject
    Desk desk;

    @Inject
    Messages messages;

    @Inject
    Instance<LongTransaction> longTransactions;

    @Resource
    UserTransaction transaction;

    /** Some action, in which anything may go wrong. */
    @FunctionalInterface
    interface Action {
        void run() throws Exception;
    }

    /** Does the work and returns when the caller's part of it is done. */
    public void run(String kind, String name, Runnable work) throws Exception {
        switch (kind) {
            case "cmt" -> teller.required(name, work);
            case "new" -> inTransaction(0, () -> teller.requiresNew(name, work));
            case "caller" -> inTransaction(0, () -> teller.required(name, work));
            case "twice" ->
                inTransaction(0, () -> {
                    teller.required(name, work);
                    teller.required(name, work);
                });
            case "nested" -> teller.required(name, () -> teller.required(name, work));
            case "unsupported" ->
                teller.required(name, () -> {
                    work.run();
                    teller.notSupported(name, () -> {});
                });
            case "stateful" -> {
                LongTransaction bean = longTransaction();
                try {
                    bean.begin(name, work);
                    Trace.note("between the calls");
                    bean.commit();
                } finally {
                    longTransactions.destroy(bean);
                }
            }
            case "outside" -> desk.unguarded(() -> teller.required(name, work));
            case "inside" -> desk.guarded(name, work);
            case "asynchronous" -> teller.later(name, work).get();
            case "stage" ->
                teller.stage(name, () -> {
                            work.run();
                            return CompletableFuture.completedFuture(name);
                        })
                        .toCompletableFuture()
                        .get();
            case "timer" -> await(name, work, teller::soon);
            case "message" -> await(name, work, messages::send);
            default -> throw new IllegalArgumentException(kind);
        }
    }

    /** One after the other: Payara, asked by two threads at once, defines the bean's class twice and fails. */
    private synchronized LongTransaction longTransaction() {
        return longTransactions.get();
    }

    /** Leaves work for somebody else and waits until it is done, though perhaps not committed. */
    private static void await(String name, Runnable work, Consumer<String> call) throws Exception {
        CompletableFuture<String> done = new CompletableFuture<>();
        Tasks.leave(name, () -> {
            try {
                work.run();
            } finally {
                done.complete(name);
            }
        });
        call.accept(name);
        done.get(60, TimeUnit.SECONDS);
    }

    /** Runs in a transaction of the caller's, which is committed, or rolled back behind an exception. */
    public void inTransaction(int seconds, Action action) throws Exception {
        transaction.setTransactionTimeout(seconds);
        transaction.begin();
        boolean done = false;
        try {
            action.run();
            done = true;
        } finally {
            transaction.setTransactionTimeout(0);
            if (!done && transaction.getStatus() != Status.STATUS_NO_TRANSACTION) {
                transaction.rollback();
            }
        }
        transaction.commit();
    }
}
