// SPDX-License-Identifier: Apache-2.0
package dev.guarded.core;

import dev.guarded.core.spi.Scheduler;
import dev.guarded.core.spi.Ticker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** A clock and a scheduler that move only when the test says so; due tasks run in the test's thread. */
final class ManualTime implements Ticker, Scheduler {

    private final AtomicLong now = new AtomicLong(Duration.ofDays(20_000).toNanos());
    private final Map<Thread, Long> parked = new ConcurrentHashMap<>();
    private final AtomicLong parkings = new AtomicLong();
    private final List<Task> tasks = new ArrayList<>();

    private record Task(Runnable body, long at) {}

    @Override
    public long nanos() {
        return now.get();
    }

    @Override
    public void park(Object blocker, long nanos) {
        long until = nanos() + nanos;
        parked.put(Thread.currentThread(), parkings.incrementAndGet());
        try {
            if (nanos() < until) {
                LockSupport.park(blocker);
            }
        } finally {
            parked.remove(Thread.currentThread());
        }
    }

    @Override
    public void execute(Runnable task) {
        schedule(task, Duration.ZERO);
    }

    @Override
    public synchronized Scheduled schedule(Runnable task, Duration delay) {
        Task planned = new Task(task, nanos() + delay.toNanos());
        tasks.add(planned);
        return () -> cancel(planned);
    }

    private synchronized void cancel(Task task) {
        tasks.remove(task);
    }

    @Override
    public void runLong(String name, Runnable loop) {
        throw new IllegalStateException("no loops under manual time");
    }

    /** Lets time pass, running every task when it is due and waking whoever is parked. */
    void advance(Duration time) {
        long end = nanos() + time.toNanos();
        for (Task task = due(end); task != null; task = due(end)) {
            now.accumulateAndGet(task.at(), Math::max);
            task.body().run();
        }
        now.set(end);
        wakeAll();
    }

    /** Lets time pass without anything running meanwhile, as when the whole JVM is paused. */
    void pause(Duration time) {
        now.addAndGet(time.toNanos());
        wakeAll();
    }

    /** Wakes every parked thread, and returns when each has parked again or ended. */
    private void wakeAll() {
        Map<Thread, Long> woken = Map.copyOf(parked);
        woken.forEach((thread, parking) -> {
            LockSupport.unpark(thread);
            while (thread.isAlive() && parked.getOrDefault(thread, 0L) <= parking) {
                Thread.onSpinWait();
            }
        });
    }

    private synchronized @Nullable Task due(long end) {
        Task first = tasks.stream()
                .filter(task -> task.at() <= end)
                .min(Comparator.comparingLong(Task::at))
                .orElse(null);
        tasks.remove(first);
        return first;
    }

    /** Returns how many tasks are planned. */
    synchronized int planned() {
        return tasks.size();
    }

    /** Returns how long it is until the next task that is planned, which must exist. */
    synchronized Duration untilNext() {
        return Duration.ofNanos(tasks.stream().mapToLong(Task::at).min().orElseThrow() - nanos());
    }

    /** Returns how many threads are parked on this clock. */
    int parked() {
        return parked.size();
    }
}
