// SPDX-License-Identifier: Apache-2.0
package dev.guarded.connector;

import dev.guarded.core.spi.Scheduler;
import jakarta.resource.spi.work.WorkAdapter;
import jakarta.resource.spi.work.WorkEvent;
import jakarta.resource.spi.work.WorkException;
import jakarta.resource.spi.work.WorkManager;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** Runs tasks on the threads of one adapter's work manager, and keeps their time on that of a timer. */
final class WorkScheduler implements Scheduler {

    private static final System.Logger LOG = System.getLogger("dev.guarded.adapter");
    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(1);
    private static final Duration A_MOMENT = Duration.ofMillis(100);
    private static final Duration UNUSUAL = Duration.ofSeconds(5);

    private final AdapterServices services;
    private final ReentrantLock mutex = new ReentrantLock();
    private final Condition ended = mutex.newCondition();
    private final Set<Runnable> running = new HashSet<>();
    private final Bulkhead callBacks = new Bulkhead(this::execute);
    private final Set<String> missed = ConcurrentHashMap.newKeySet();
    private boolean stopped;
    private volatile boolean refusing;

    WorkScheduler(AdapterServices services) {
        this.services = services;
    }

    @Override
    public void execute(Runnable task) {
        hand(new AdapterWork(this, task), services.requests(), Duration.ZERO, FIRST_PAUSE);
    }

    @Override
    public void callBack(Runnable code) {
        callBacks.add(code);
    }

    @Override
    public Scheduled schedule(Runnable task, Duration delay) {
        return scheduleBrief(() -> execute(task), delay);
    }

    @Override
    public Scheduled scheduleBrief(Runnable task, Duration delay) {
        return services.clock().schedule(task, delay);
    }

    @Override
    public void runLong(String name, Runnable loop) {
        AdapterWork work = services.hints() ? new LongWork(this, loop, name) : new AdapterWork(this, loop);
        // Weakly: what has ended by then may be a bean's, and its application gone.
        WeakReference<AdapterWork> handed = new WeakReference<>(work);
        Scheduled unused = scheduleBrief(() -> warnIfWaiting(handed.get(), name), UNUSUAL);
        hand(work, services.longRequests(), Duration.ZERO, FIRST_PAUSE);
    }

    private void warnIfWaiting(@Nullable AdapterWork work, String name) {
        if (work != null && !work.begun() && !isStopped() && missed.add(name)) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "GUARDED-0433 '" + name + "' waits for a thread of the server's work manager for "
                            + UNUSUAL.toSeconds() + " s; without it leases end that should be renewed, or are not"
                            + " told of. Give the work manager more threads for long-running works.");
        }
    }

    /**
     * Hands a work to the server after a delay, and if it is refused again after a pause, which grows each time: from a
     * thread that belongs to no application and may wait, since some servers keep whoever asks until a thread is free.
     */
    private void hand(AdapterWork work, TimerThread from, Duration delay, Duration pause) {
        Scheduled unused = from.schedule(() -> schedule(work, new Fate(work, from, pause)), delay);
    }

    private void schedule(AdapterWork work, Fate fate) {
        if (isStopped()) {
            return;
        }
        try {
            services.works().scheduleWork(work, WorkManager.INDEFINITE, null, fate);
        } catch (WorkException | RuntimeException | Error e) {
            // Also where the machine has no more threads: what is lost here comes never again.
            fate.refused(e.toString());
        }
    }

    /**
     * What becomes of a work that was handed over. Open Liberty drops what it has taken when it stops an application, or the
     * adapter. WildFly tells of a refusal twice, here and by its exception, which may as well be the failure of a work that
     * has ended by then.
     */
    private final class Fate extends WorkAdapter {

        private final AdapterWork work;
        private final TimerThread from;
        private final Duration pause;
        private final AtomicBoolean told = new AtomicBoolean();

        Fate(AdapterWork work, TimerThread from, Duration pause) {
            this.work = work;
            this.from = from;
            this.pause = pause;
        }

        @Override
        public void workRejected(WorkEvent event) {
            refused(String.valueOf(event.getException()));
        }

        @Override
        public void workCompleted(WorkEvent event) {
            refused("it was taken and not run: " + event.getException());
        }

        void refused(String why) {
            if (!work.begun() && told.compareAndSet(false, true) && !isStopped()) {
                // One warning until it runs something again: a server in need has no use for more.
                LOG.log(
                        refusing ? System.Logger.Level.DEBUG : System.Logger.Level.WARNING,
                        "GUARDED-0406 The server's work manager refused or dropped a task, it will be asked again: "
                                + why);
                refusing = true;
                Duration longer = pause.multipliedBy(2);
                hand(work, from, pause, longer.compareTo(LONGEST_PAUSE) < 0 ? longer : LONGEST_PAUSE);
            }
        }
    }

    private boolean isStopped() {
        mutex.lock();
        try {
            return stopped;
        } finally {
            mutex.unlock();
        }
    }

    /** Called by a work before its task; false if the task must not run any more. */
    boolean begin(Runnable task) {
        refusing = false;
        mutex.lock();
        try {
            return !stopped && running.add(task);
        } finally {
            mutex.unlock();
        }
    }

    /** Called after the task, or for one that will outlive this scheduler. */
    void end(Runnable task) {
        mutex.lock();
        try {
            running.remove(task);
            ended.signalAll();
        } finally {
            mutex.unlock();
        }
    }

    /**
     * Starts nothing more and waits for what runs: servers do not, and some never call {@code Work.release}.
     *
     * @return how many tasks still run when the patience is over
     */
    int stop(Duration patience) {
        long end = System.nanoTime() + patience.toNanos();
        services.timers().forEach(TimerThread::close);
        callBacks.close();
        int left = running(end);
        // They were told just now, and have little to end, whatever the works have left of the patience.
        long soon = Math.max(end, System.nanoTime() + A_MOMENT.toNanos());
        for (TimerThread timer : services.timers()) {
            left += timer.ended(soon) ? 0 : 1;
        }
        return left;
    }

    /** Lets nothing begin any more, and waits for what has; returns how much of it runs at that moment at the latest. */
    private int running(long end) {
        mutex.lock();
        try {
            stopped = true;
            long left = end - System.nanoTime();
            while (!running.isEmpty() && left > 0) {
                left = ended.awaitNanos(left);
            }
            return running.size();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return running.size();
        } finally {
            mutex.unlock();
        }
    }
}
