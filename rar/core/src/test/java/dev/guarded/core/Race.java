// SPDX-License-Identifier: Apache-2.0
package dev.guarded.core;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Lets actions start at one moment, each in a thread of its own, again and again. How often is up to the system property
 * {@code guarded.races}.
 */
final class Race implements AutoCloseable {

    static final int TIMES = Integer.getInteger("guarded.races", 150);

    private final ExecutorService threads = Executors.newCachedThreadPool();

    /** Returns what came of each action, in their order, once all have ended. */
    @SafeVarargs
    final <T> List<T> run(Callable<T>... actions) {
        CyclicBarrier start = new CyclicBarrier(actions.length);
        List<Future<T>> running = new ArrayList<>();
        for (Callable<T> action : actions) {
            running.add(threads.submit(() -> {
                start.await();
                return action.call();
            }));
        }
        return running.stream().map(Race::outcome).toList();
    }

    private static <T> T outcome(Future<T> running) {
        try {
            return running.get(30, TimeUnit.SECONDS);
        } catch (InterruptedException | ExecutionException | TimeoutException e) {
            throw new AssertionError("an action failed", e);
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
