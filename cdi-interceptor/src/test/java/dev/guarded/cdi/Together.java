// SPDX-License-Identifier: Apache-2.0
package dev.guarded.cdi;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Runs bodies at the same time, each on its own thread. */
final class Together {

    private Together() {}

    /** Starts all bodies at once and waits for them; the first failure is thrown. */
    static void run(Callable<?>... bodies) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(bodies.length);
        CyclicBarrier start = new CyclicBarrier(bodies.length);
        try {
            List<Future<?>> running = new ArrayList<>();
            for (Callable<?> body : bodies) {
                running.add(threads.submit(() -> {
                    start.await();
                    return body.call();
                }));
            }
            for (Future<?> each : running) {
                each.get();
            }
        } finally {
            threads.shutdownNow();
        }
    }
}
