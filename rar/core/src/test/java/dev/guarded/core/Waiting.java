// SPDX-License-Identifier: Apache-2.0
package dev.guarded.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.guarded.lock.Lease;
import dev.guarded.lock.NamedLock;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A thread of the test that waits for a lock. */
final class Waiting {

    private final CompletableFuture<Lease> lease = new CompletableFuture<>();
    private final Thread thread;

    private Waiting(NamedLock lock, Duration timeout) {
        thread = new Thread(
                () -> {
                    try {
                        lease.complete(lock.acquire(timeout));
                    } catch (RuntimeException e) {
                        lease.completeExceptionally(e);
                    }
                },
                "waiting for " + lock.name());
        thread.setDaemon(true);
    }

    /** Starts to wait, and returns once the thread is parked on the clock or has its answer. */
    static Waiting start(ManualTime time, NamedLock lock, Duration timeout) {
        Waiting waiting = new Waiting(lock, timeout);
        int before = time.parked();
        waiting.thread.start();
        while (time.parked() == before && !waiting.lease.isDone()) {
            Thread.onSpinWait();
        }
        return waiting;
    }

    Lease granted() {
        try {
            return lease.get(10, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw new AssertionError("not granted", e.getCause());
        } catch (InterruptedException | TimeoutException e) {
            throw new AssertionError("no answer", e);
        }
    }

    Throwable refused() {
        try {
            Lease unexpected = lease.get(10, TimeUnit.SECONDS);
            throw new AssertionError("granted: " + unexpected);
        } catch (ExecutionException e) {
            return e.getCause();
        } catch (InterruptedException | TimeoutException e) {
            throw new AssertionError("no answer", e);
        }
    }

    /** Returns what will be its answer. */
    CompletableFuture<Lease> answer() {
        return lease;
    }

    /** Tells whether its thread has nothing left to do. */
    boolean ended() {
        return !thread.isAlive();
    }

    void stillWaits() {
        assertThat(lease).isNotDone();
    }

    void interrupt() {
        thread.interrupt();
    }
}
