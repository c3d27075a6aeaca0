// SPDX-License-Identifier: Apache-2.0
package dev.guarded.testkit.contract;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Somebody else who calls the locks: a thread of its own, whose result the test can fetch. No thread is ever used
 * twice, because to the locks a thread that comes back is still the same caller.
 *
 * @param <T> what the call returns
 */
final class Caller<T extends @Nullable Object> {

    private final CompletableFuture<T> outcome = new CompletableFuture<>();
    private final Thread thread;
    private volatile long began;
    private volatile long ended;

    private Caller(ThreadFactory threads, Callable<T> call) {
        this.thread = threads.newThread(() -> run(call));
    }

    static <T extends @Nullable Object> Caller<T> start(ThreadFactory threads, Callable<T> call) {
        Caller<T> caller = new Caller<>(threads, call);
        caller.thread.start();
        return caller;
    }

    // The result of the call is what the test is after, whatever it is.
    @SuppressWarnings("PMD.AvoidCatchingThrowable")
    private void run(Callable<T> call) {
        began = System.nanoTime();
        try {
            T result = call.call();
            ended = System.nanoTime();
            outcome.complete(result);
        } catch (Throwable failure) {
            ended = System.nanoTime();
            outcome.completeExceptionally(failure);
        }
    }

    /** Waits for the call to return; a call that fails or does not return fails the test. */
    T result() {
        try {
            return outcome.get(Contract.PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw new AssertionError("the call failed: " + e.getCause(), e.getCause());
        } catch (TimeoutException e) {
            throw new AssertionError("the call did not return in " + Contract.PATIENCE + where(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("the test was interrupted", e);
        }
    }

    /** Waits for the call to fail; a call that returns fails the test. */
    Throwable failure() {
        T result;
        try {
            result = result();
        } catch (AssertionError e) {
            if (outcome.isCompletedExceptionally() && e.getCause() != null) {
                return e.getCause();
            }
            throw e;
        }
        throw new AssertionError("the call should have failed, but returned " + result);
    }

    boolean isDone() {
        return outcome.isDone();
    }

    /** Returns how long the call took; only after it has returned. */
    Duration took() {
        return Duration.ofNanos(ended - began);
    }

    /** Returns the moment at which the call returned, on the monotonic clock. */
    long endedAt() {
        return ended;
    }

    void interrupt() {
        thread.interrupt();
    }

    private String where() {
        StringBuilder text = new StringBuilder();
        for (StackTraceElement element : thread.getStackTrace()) {
            text.append(System.lineSeparator()).append("  in ").append(element);
        }
        return text.toString();
    }
}
