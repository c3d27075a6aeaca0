// SPDX-License-Identifier: Apache-2.0
package dev.guarded.connector;

import dev.guarded.core.spi.Scheduler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The scheduler of an engine that several adapters may share. What one of them has not begun when it is stopped goes
 * over to another: a renewal must not be lost because somebody else's application was undeployed.
 */
final class EngineScheduler implements Scheduler {

    private final ReentrantLock mutex = new ReentrantLock();
    private final List<WorkScheduler> hosts = new ArrayList<>();
    private final Set<Task> open = new HashSet<>();
    private final Map<String, Lane> lanes = new ConcurrentHashMap<>();

    void join(WorkScheduler host) {
        mutex.lock();
        try {
            if (!hosts.contains(host)) {
                hosts.add(host);
            }
        } finally {
            mutex.unlock();
        }
    }

    void leave(WorkScheduler host) {
        List<Task> orphans;
        mutex.lock();
        try {
            hosts.remove(host);
            orphans = open.stream().filter(task -> task.host == host).toList();
        } finally {
            mutex.unlock();
        }
        for (Task orphan : orphans) {
            if (orphan.begun.get()) {
                // A loop goes on where it runs, on a thread that belongs to the server and not to the adapter.
                host.end(orphan);
            } else {
                start(orphan);
            }
        }
    }

    @Override
    public void execute(Runnable task) {
        start(new Task(task, false, WorkScheduler::execute));
    }

    @Override
    public void callBack(Runnable code) {
        start(new Task(code, false, WorkScheduler::callBack));
    }

    @Override
    public void runLong(String name, Runnable loop) {
        start(new Task(loop, true, (host, task) -> host.runLong(name, task)));
    }

    @Override
    public Scheduled schedule(Runnable task, Duration delay) {
        return plan(task, delay, WorkScheduler::schedule);
    }

    @Override
    public Scheduled scheduleBrief(Runnable task, Duration delay) {
        return plan(task, delay, WorkScheduler::scheduleBrief);
    }

    private Scheduled plan(Runnable body, Duration delay, Planner planner) {
        long due = System.nanoTime() + delay.toNanos();
        Task planned = new Task(body, false, (host, task) -> {
            long left = Math.max(0, due - System.nanoTime());
            task.planned = planner.plan(host, task, Duration.ofNanos(left));
        });
        start(planned);
        return planned::cancel;
    }

    private interface Planner {

        Scheduled plan(WorkScheduler host, Runnable task, Duration delay);
    }

    @Override
    public Scheduled scheduleAlone(String name, Runnable task, Duration delay) {
        return lanes.computeIfAbsent(name, this::started).schedule(task, delay);
    }

    private Lane started(String name) {
        Lane lane = new Lane();
        runLong(name, lane::loop);
        return lane;
    }

    /** Ends the threads that tasks have to themselves; what is planned for them does not run. */
    void close() {
        lanes.values().forEach(Lane::close);
    }

    private void start(Task task) {
        WorkScheduler host;
        mutex.lock();
        try {
            if (hosts.isEmpty()) {
                open.remove(task);
                return;
            }
            host = hosts.get(0);
            task.host = host;
            open.add(task);
        } finally {
            mutex.unlock();
        }
        task.handing.accept(host, task);
    }

    private void done(Task task) {
        mutex.lock();
        try {
            open.remove(task);
        } finally {
            mutex.unlock();
        }
    }

    private final class Task implements Runnable {

        private final Runnable body;
        private final boolean loop;
        private final BiConsumer<WorkScheduler, Task> handing;
        private final AtomicBoolean begun = new AtomicBoolean();
        private volatile @Nullable WorkScheduler host;
        private volatile @Nullable Scheduled planned;

        Task(Runnable body, boolean loop, BiConsumer<WorkScheduler, Task> handing) {
            this.body = body;
            this.loop = loop;
            this.handing = handing;
        }

        void cancel() {
            if (begun.compareAndSet(false, true)) {
                done(this);
                Scheduled tick = planned;
                if (tick != null) {
                    tick.cancel();
                }
            }
        }

        @Override
        public void run() {
            if (begun.compareAndSet(false, true)) {
                if (!loop) {
                    done(this);
                }
                try {
                    body.run();
                } finally {
                    done(this);
                }
            }
        }
    }
}
