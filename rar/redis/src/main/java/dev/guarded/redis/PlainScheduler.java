// SPDX-License-Identifier: Apache-2.0
package dev.guarded.redis;

import dev.guarded.core.spi.Scheduler;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The scheduler of plain Java, where no container has threads to lend. The only class of what ships that creates
 * threads; the adapter cannot reach it.
 */
final class PlainScheduler implements Scheduler, AutoCloseable {

    private final ThreadFactory threads = new Daemons();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(threads);
    private final ExecutorService workers = Executors.newCachedThreadPool(threads);

    private static final class Daemons implements ThreadFactory {

        private final AtomicInteger count = new AtomicInteger();

        @Override
        public Thread newThread(Runnable body) {
            Thread thread = new Thread(body, "guarded-" + count.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        }
    }

    @Override
    public void execute(Runnable task) {
        try {
            workers.execute(task);
        } catch (RejectedExecutionException stopped) {
            // As the contract says: a stopped scheduler drops it.
            return;
        }
    }

    @Override
    public Scheduled schedule(Runnable task, Duration delay) {
        try {
            Future<?> planned = timer.schedule(() -> execute(task), delay.toNanos(), TimeUnit.NANOSECONDS);
            return () -> planned.cancel(false);
        } catch (RejectedExecutionException stopped) {
            return () -> {};
        }
    }

    @Override
    public void runLong(String name, Runnable loop) {
        execute(() -> {
            Thread.currentThread().setName(name);
            loop.run();
        });
    }

    @Override
    public void close() {
        timer.shutdownNow();
        workers.shutdown();
    }
}
