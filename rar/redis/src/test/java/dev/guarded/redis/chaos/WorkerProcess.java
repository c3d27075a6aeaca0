// SPDX-License-Identifier: Apache-2.0
package dev.guarded.redis.chaos;

import dev.guarded.core.CloseableLockManager;
import dev.guarded.core.EngineSettings;
import dev.guarded.redis.OpenedStores;
import dev.guarded.redis.RedisLockManagers;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The JVM of a worker: its threads ask for locks until standard input says {@code end}, or ends. */
final class WorkerProcess {

    private static final System.Logger LOG = System.getLogger("dev.guarded.chaos");
    private static final Duration UNTIL_NEWS = Duration.ofMillis(300);
    private static final Duration PULSE = Duration.ofMillis(5);
    private static final Duration STANDSTILL = Duration.ofMillis(100);

    private WorkerProcess() {}

    /** Takes {@link Orders}. */
    public static void main(String[] args) throws IOException, InterruptedException {
        Orders orders = Orders.read(args);
        Journal journal = new Journal(orders.journal());
        daemon(() -> noteGaps(orders.name(), journal));
        CloseableLockManager locks = open(orders);
        List<Worker> workers = new ArrayList<>();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < orders.threads(); i++) {
            Worker worker = new Worker(orders, i, locks, journal, new ResourceClient(orders.resource()));
            workers.add(worker);
            threads.add(daemon(worker::run));
        }
        journal.note("ready", Moments.now());
        if (System.in.read() < 0) {
            // Nobody will read the journal any more.
            Runtime.getRuntime().halt(1);
        }
        daemon(WorkerProcess::endWithTheTest);
        workers.forEach(Worker::end);
        for (Thread thread : threads) {
            thread.join();
        }
        Moments.pass(UNTIL_NEWS);
        locks.close();
        Runtime.getRuntime().halt(0);
    }

    private static CloseableLockManager open(Orders orders) {
        String uri = "redis://127.0.0.1:" + orders.redis();
        if (orders.mutant() == Mutant.COUNTS_FROM_LATE_REPLIES) {
            Duration late = orders.lease().dividedBy(2);
            return OpenedStores.open(uri, Orders.NAMESPACE, store -> new HastyStore(store, late));
        }
        return RedisLockManagers.open(uri, EngineSettings.defaults(orders.name()), Orders.NAMESPACE);
    }

    private static Thread daemon(Runnable task) {
        Thread thread = new Thread(task, "worker");
        thread.setUncaughtExceptionHandler((dying, why) -> {
            LOG.log(System.Logger.Level.ERROR, "a worker died", why);
            Runtime.getRuntime().halt(2);
        });
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    private static void noteGaps(String name, Journal journal) {
        for (long last = Moments.now(); ; ) {
            Moments.pass(PULSE);
            long now = Moments.now();
            if (now - last > STANDSTILL.toNanos()) {
                journal.note("gap", name, last, now);
            }
            last = now;
        }
    }

    private static void endWithTheTest() {
        try {
            System.in.transferTo(OutputStream.nullOutputStream());
        } catch (IOException gone) {
            Runtime.getRuntime().halt(1);
        }
        Runtime.getRuntime().halt(1);
    }
}
