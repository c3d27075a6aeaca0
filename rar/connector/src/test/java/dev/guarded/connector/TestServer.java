// SPDX-License-Identifier: Apache-2.0
package dev.guarded.connector;

import jakarta.resource.spi.BootstrapContext;
import jakarta.resource.spi.XATerminator;
import jakarta.resource.spi.work.ExecutionContext;
import jakarta.resource.spi.work.HintsContext;
import jakarta.resource.spi.work.Work;
import jakarta.resource.spi.work.WorkContext;
import jakarta.resource.spi.work.WorkContextProvider;
import jakarta.resource.spi.work.WorkException;
import jakarta.resource.spi.work.WorkListener;
import jakarta.resource.spi.work.WorkManager;
import jakarta.resource.spi.work.WorkRejectedException;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.util.List;
import java.util.Timer;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** A server as an adapter sees it: threads, timers and transactions. Like real ones it never calls Work.release. */
final class TestServer implements BootstrapContext, WorkManager, AutoCloseable {

    final TestTransactions transactions = new TestTransactions();
    final List<WorkContext> hints = new CopyOnWriteArrayList<>();
    final AtomicInteger rejections = new AtomicInteger();
    final AtomicInteger timersCancelled = new AtomicInteger();
    private final ExecutorService threads = Executors.newCachedThreadPool(body -> {
        Thread thread = new Thread(body, "server-work");
        thread.setDaemon(true);
        return thread;
    });

    /** Starts an adapter on this server. */
    GuardedResourceAdapter started() throws Exception {
        GuardedResourceAdapter adapter = new GuardedResourceAdapter();
        adapter.start(this);
        return adapter;
    }

    /** Makes a connection factory as the server does, with the store at that address. */
    GuardedManagedConnectionFactory factory(GuardedResourceAdapter adapter, String uri) throws Exception {
        GuardedManagedConnectionFactory factory = new GuardedManagedConnectionFactory();
        factory.setRedisUri(uri);
        factory.setResourceAdapter(adapter);
        return factory;
    }

    @Override
    public WorkManager getWorkManager() {
        return this;
    }

    @Override
    public Timer createTimer() {
        return new Timer("server-timer", true) {
            @Override
            public void cancel() {
                timersCancelled.incrementAndGet();
                super.cancel();
            }
        };
    }

    @Override
    public boolean isContextSupported(Class<? extends WorkContext> type) {
        return type == HintsContext.class;
    }

    @Override
    public TransactionSynchronizationRegistry getTransactionSynchronizationRegistry() {
        return transactions;
    }

    @Override
    public XATerminator getXATerminator() {
        throw new UnsupportedOperationException();
    }

    @Override
    public void scheduleWork(Work work) throws WorkException {
        if (Thread.interrupted()) {
            // As WildFly does, which waits for a place in its queue.
            throw new IllegalStateException(new InterruptedException());
        }
        if (rejections.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
            throw new WorkRejectedException("no thread is free");
        }
        if (work instanceof WorkContextProvider provider) {
            hints.addAll(provider.getWorkContexts());
        }
        threads.execute(work);
    }

    @Override
    public void scheduleWork(Work work, long timeout, ExecutionContext context, WorkListener listener) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void doWork(Work work) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void doWork(Work work, long timeout, ExecutionContext context, WorkListener listener) {
        throw new UnsupportedOperationException();
    }

    @Override
    public long startWork(Work work) {
        throw new UnsupportedOperationException();
    }

    @Override
    public long startWork(Work work, long timeout, ExecutionContext context, WorkListener listener) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
