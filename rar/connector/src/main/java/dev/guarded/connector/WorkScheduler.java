// SPDX-License-Identifier: Apache-2.0
package dev.guarded.connector;

import dev.guarded.core.spi.Scheduler;
import jakarta.resource.spi.work.Work;
import jakarta.resource.spi.work.WorkException;
import jakarta.resource.spi.work.WorkRejectedException;
import java.time.Duration;
import java.util.TimerTask;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Runs the engine's work on the server's threads. It creates none of its own. */
final class WorkScheduler implements Scheduler {

    private static final System.Logger LOG = System.getLogger("dev.guarded.adapter");
    private static final Duration REJECTED_PAUSE = Duration.ofMillis(50);

    private final AdapterServices services;
    private final ReentrantLock mutex = new ReentrantLock();
    private final Condition idle = mutex.newCondition();
    private int running;
    private boolean stopped;

    WorkScheduler(AdapterServices services) {
        this.services = services;
    }

    @Override
    public void execute(Runnable task) {
        if (begin()) {
            submit(new AdapterWork(task, this::ended), () -> schedule(task, REJECTED_PAUSE));
        }
    }

    @Override
    public void runLong(String name, Runnable loop) {
        if (begin()) {
            Work work = services.hints() ? new LongWork(name, loop, this::ended) : new AdapterWork(loop, this::ended);
            submit(
                    work,
                    () -> LOG.log(
                            System.Logger.Level.WARNING,
                            "GUARDED-0406 The server has no thread for '" + name + "'; waiters poll instead."));
        }
    }

    private void submit(Work work, Runnable whenRejected) {
        try {
            services.works().scheduleWork(work);
        } catch (WorkRejectedException crowded) {
            ended();
            whenRejected.run();
        } catch (WorkException e) {
            ended();
            LOG.log(System.Logger.Level.WARNING, "GUARDED-0407 The server did not take a task of the adapter.", e);
        }
    }

    @Override
    public Scheduled schedule(Runnable task, Duration delay) {
        TimerTask planned = new TimerTask() {
            @Override
            public void run() {
                // The timer has one thread for everybody: it hands on and is free again.
                execute(task);
            }
        };
        try {
            services.timer().schedule(planned, Math.max(0, delay.toMillis()));
        } catch (IllegalStateException cancelled) {
            return () -> {};
        }
        return planned::cancel;
    }

    private boolean begin() {
        mutex.lock();
        try {
            if (stopped) {
                return false;
            }
            running++;
            return true;
        } finally {
            mutex.unlock();
        }
    }

    private void ended() {
        mutex.lock();
        try {
            running--;
            idle.signalAll();
        } finally {
            mutex.unlock();
        }
    }

    /**
     * Takes no more tasks and waits for those that run.
     *
     * @return how many still run when the patience is over
     */
    int stop(Duration patience) {
        mutex.lock();
        try {
            stopped = true;
            long left = patience.toNanos();
            while (running > 0 && left > 0) {
                left = idle.awaitNanos(left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            mutex.unlock();
        }
        services.timer().cancel();
        return running();
    }

    private int running() {
        mutex.lock();
        try {
            return running;
        } finally {
            mutex.unlock();
        }
    }
}
