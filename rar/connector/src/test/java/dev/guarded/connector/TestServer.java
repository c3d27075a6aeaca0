// SPDX-License-Identifier: Apache-2.0
package dev.guarded.connector;

import jakarta.resource.spi.BootstrapContext;
import jakarta.resource.spi.UnavailableException;
import jakarta.resource.spi.XATerminator;
import jakarta.resource.spi.work.ExecutionContext;
import jakarta.resource.spi.work.HintsContext;
import jakarta.resource.spi.work.Work;
import jakarta.resource.spi.work.WorkCompletedException;
import jakarta.resource.spi.work.WorkContext;
import jakarta.resource.spi.work.WorkContextProvider;
import jakarta.resource.spi.work.WorkEvent;
import jakarta.resource.spi.work.WorkException;
import jakarta.resource.spi.work.WorkListener;
import jakarta.resource.spi.work.WorkManager;
import jakarta.resource.spi.work.WorkRejectedException;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.util.List;
import java.util.Timer;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/** A server as an adapter sees it: threads, timers and transactions. Like real ones it never calls Work.release. */
final class TestServer implements BootstrapContext, WorkManager, AutoCloseable {

    final TestTransactions transactions = new TestTransactions();
    final List<WorkContext> hints = new CopyOnWriteArrayList<>();
    final AtomicInteger rejections = new AtomicInteger();
    /** How many works it will take and not run. */
    final AtomicInteger drops = new AtomicInteger();

    /** Has it wait for the end of each work, and throw what came of it. */
    final AtomicBoolean waits = new AtomicBoolean();

    /** How many works have begun and not ended. */
    final AtomicInteger atWork = new AtomicInteger();

    /** How many wait for a place with the work that they hand over. */
    final AtomicInteger waiting = new AtomicInteger();

    final AtomicInteger timersCancelled = new AtomicInteger();
    /** How many timers it can lend. */
    final AtomicInteger timersLeft = new AtomicInteger(Integer.MAX_VALUE);

    /** Fails once as a machine that can make no more threads. */
    final AtomicBoolean threadless = new AtomicBoolean();

    private final ExecutorService threads;

    /** For works that say they are long. */
    private final ExecutorService longThreads = Executors.newCachedThreadPool(TestServer::thread);

    /** Makes a server that always has one more thread. */
    TestServer() {
        threads = Executors.newCachedThreadPool(TestServer::thread);
    }

    /** Makes one that has whoever hands it a short work wait while all threads and places are taken, as WildFly does. */
    TestServer(int most, int places) {
        BlockingQueue<Runnable> queue = new ArrayBlockingQueue<>(places);
        threads = new ThreadPoolExecutor(most, most, 1, TimeUnit.MINUTES, queue, TestServer::thread, (work, pool) -> {
            waiting.incrementAndGet();
            try {
                queue.put(work);
            } catch (InterruptedException e) {
                throw new RejectedExecutionException(e);
            } finally {
                waiting.decrementAndGet();
            }
        });
    }

    private static Thread thread(Runnable body) {
        Thread thread = new Thread(body, "server-work");
        thread.setDaemon(true);
        return thread;
    }

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

    /** Returns what it lends to one adapter. */
    AdapterServices services() {
        try {
            return AdapterServices.of(this);
        } catch (UnavailableException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public WorkManager getWorkManager() {
        return this;
    }

    @Override
    public Timer createTimer() throws UnavailableException {
        if (timersLeft.getAndDecrement() <= 0) {
            throw new UnavailableException("no timer is left");
        }
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
    public void scheduleWork(Work work) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void scheduleWork(Work work, long timeout, ExecutionContext context, WorkListener listener)
            throws WorkException {
        if (threadless.getAndSet(false)) {
            throw new OutOfMemoryError("unable to create native thread");
        }
        if (Thread.interrupted()) {
            // As WildFly does, which waits for a place in its queue.
            throw new IllegalStateException(new InterruptedException());
        }
        if (rejections.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
            // As WildFly does, which tells of it twice.
            WorkException rejected = new WorkRejectedException("no thread is free");
            listener.workRejected(new WorkEvent(this, WorkEvent.WORK_REJECTED, work, rejected));
            throw rejected;
        }
        if (work instanceof WorkContextProvider provider) {
            hints.addAll(provider.getWorkContexts());
        }
        if (waits.get()) {
            // As WildFly does with a work that has failed before it looks.
            try {
                work.run();
            } catch (StackOverflowError e) {
                throw new WorkCompletedException(e);
            }
            return;
        }
        boolean dropped = drops.getAndUpdate(left -> Math.max(0, left - 1)) > 0;
        ExecutorService pool = work instanceof WorkContextProvider ? longThreads : threads;
        pool.execute(() -> {
            WorkException failure = null;
            if (dropped) {
                failure = new WorkCompletedException("its application is gone");
            } else {
                atWork.incrementAndGet();
                work.run();
                atWork.decrementAndGet();
            }
            listener.workCompleted(new WorkEvent(this, WorkEvent.WORK_COMPLETED, work, failure));
        });
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
        longThreads.shutdownNow();
    }
}
