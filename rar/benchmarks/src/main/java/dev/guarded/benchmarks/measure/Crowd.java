// SPDX-License-Identifier: Apache-2.0
package dev.guarded.benchmarks.measure;

import dev.guarded.benchmarks.peer.PeerLock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Threads that acquire and release for a while, and what came of it. */
public final class Crowd {

    private static final long LONGEST_END = TimeUnit.MINUTES.toMillis(3);

    private final CyclicBarrier start;
    private final long sectionMillis;
    private volatile boolean over;

    private Crowd(int threads, long sectionMillis) {
        this.start = new CyclicBarrier(threads + 1);
        this.sectionMillis = sectionMillis;
    }

    /**
     * Where one thread works.
     *
     * @param lock what it acquires
     * @param section what that lock protects
     */
    public record Place(PeerLock lock, Section section) {}

    /**
     * What came of it.
     *
     * @param counted acquisitions of each thread while the time ran
     * @param all acquisitions of all, with those of threads that were waiting when the time was up
     * @param seconds how long the time ran
     */
    public record Result(List<Long> counted, long all, double seconds) {

        /** {@return acquisitions a second} */
        public double perSecond() {
            return counted.stream().mapToLong(Long::longValue).sum() / seconds;
        }

        /** {@return how much more the luckiest thread got than the unluckiest} */
        public double unfairness() {
            long most = counted.stream().mapToLong(Long::longValue).max().orElseThrow();
            long least = counted.stream().mapToLong(Long::longValue).min().orElseThrow();
            return most / (double) Math.max(least, 1);
        }
    }

    /**
     * Lets threads work, and checks that they did so one at a time.
     *
     * @param who whose locks they are
     * @param places one for each thread
     * @param time how long
     * @param sectionMillis how long each stays inside, asleep; 0 not at all
     * @throws OverlapException if a lock let two holders in
     */
    public static Result work(String who, List<Place> places, Duration time, long sectionMillis) throws Exception {
        Crowd crowd = new Crowd(places.size(), sectionMillis);
        List<Worker> workers = new ArrayList<>();
        for (Place place : places) {
            Worker worker = crowd.new Worker(place);
            worker.setDaemon(true);
            worker.start();
            workers.add(worker);
        }
        crowd.start.await();
        long begin = System.nanoTime();
        TimeUnit.NANOSECONDS.sleep(time.toNanos());
        crowd.over = true;
        double seconds = (System.nanoTime() - begin) / 1e9;
        for (Worker worker : workers) {
            worker.join(LONGEST_END);
            if (worker.isAlive()) {
                throw new IllegalStateException("a thread still waits for its lock minutes after the end");
            }
            if (worker.failure != null) {
                throw worker.failure;
            }
        }
        Map<Section, Long> entries = new HashMap<>();
        workers.forEach(worker -> entries.merge(worker.place.section(), worker.all, Long::sum));
        entries.forEach((section, count) -> section.check(who, count));
        return new Result(
                workers.stream().map(worker -> worker.counted).toList(),
                workers.stream().mapToLong(worker -> worker.all).sum(),
                seconds);
    }

    private final class Worker extends Thread {

        private final Place place;
        private long counted;
        private long all;
        private @Nullable Exception failure;

        Worker(Place place) {
            super("crowd");
            this.place = place;
        }

        @Override
        public void run() {
            try {
                start.await();
                while (!over) {
                    cycle();
                }
            } catch (InterruptedException | BrokenBarrierException | RuntimeException e) {
                failure = e;
            }
        }

        private void cycle() throws InterruptedException {
            PeerLock.Held held = place.lock().acquire();
            try {
                place.section().enter();
                all++;
                if (!over) {
                    counted++;
                }
                if (sectionMillis > 0) {
                    Thread.sleep(sectionMillis);
                }
                place.section().leave();
            } finally {
                held.release();
            }
        }
    }
}
