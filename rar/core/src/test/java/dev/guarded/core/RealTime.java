// SPDX-License-Identifier: Apache-2.0
package dev.guarded.core;

import dev.guarded.core.spi.Scheduler;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** A scheduler with threads of its own, as a server has them, for tests in which time is real. */
final class RealTime implements Scheduler, AutoCloseable {

    private final ScheduledThreadPoolExecutor threads = new ScheduledThreadPoolExecutor(4, RealTime::daemon);

    RealTime() {
        threads.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        threads.setRejectedExecutionHandler((task, stopped) -> {}); // a stopped scheduler drops its tasks
    }

    @Override
    public void execute(Runnable task) {
        threads.execute(task);
    }

    @Override
    public Scheduled schedule(Runnable task, Duration delay) {
        Future<?> planned = threads.schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS);
        return () -> planned.cancel(false);
    }

    @Override
    public void runLong(String name, Runnable loop) {
        daemon(loop).start();
    }

    @Override
    public void close() {
        threads.shutdown();
    }

    private static Thread daemon(Runnable task) {
        Thread thread = new Thread(task, "real-time");
        thread.setDaemon(true);
        return thread;
    }
}
