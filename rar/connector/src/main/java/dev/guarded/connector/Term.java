// SPDX-License-Identifier: Apache-2.0
package dev.guarded.connector;

import dev.guarded.core.spi.Scheduler.Scheduled;
import dev.guarded.lock.Leadership;
import dev.guarded.lock.Lease;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;

/** One term of leadership. It is over some time before its lease is, so that the news arrives before the next leader. */
final class Term implements Leadership {

    /** From the bean's point of view. */
    enum State {
        /** Elected, and not told yet. */
        UNTOLD,
        TOLD,
        OVER
    }

    private final String role;
    private final Lease lease;
    private final Duration notice;
    private final AtomicReference<State> state = new AtomicReference<>(State.UNTOLD);
    private final AtomicReference<Scheduled> watch = new AtomicReference<>(() -> {});
    private final CompletableFuture<Void> heard = new CompletableFuture<>();
    private final CompletableFuture<Void> free = new CompletableFuture<>();
    private volatile boolean late;

    Term(String role, Lease lease, Duration notice) {
        this.role = role;
        this.lease = lease;
        this.notice = notice;
    }

    @Override
    public String role() {
        return role;
    }

    @Override
    public long fencingToken() {
        return lease.fencingToken();
    }

    @Override
    public boolean isLeader() {
        if (lease.remaining().compareTo(notice) <= 0) {
            // For good: whoever was told no must not be told yes by a renewal that came late.
            late = true;
        }
        return !late && state.get() != State.OVER;
    }

    /** Returns how long it lasts if the lease is not renewed. */
    Duration left() {
        return lease.remaining().minus(notice);
    }

    /** Notes that the bean is being told; false if there is nothing to tell any more. */
    boolean begin() {
        return isLeader() && state.compareAndSet(State.UNTOLD, State.TOLD);
    }

    /** Ends it for the bean; returns what it was before. */
    State end() {
        State before = state.getAndSet(State.OVER);
        watch.get().cancel();
        return before;
    }

    /** Keeps the next look at the lease, which the end takes back. */
    void watchedBy(Scheduled next) {
        watch.set(next);
        if (state.get() == State.OVER) {
            next.cancel();
        }
    }

    /** Notes that {@code elected} has returned, or will not be called. */
    void noteHeard() {
        heard.complete(null);
    }

    /** Does something once {@code elected} has returned, or at once if it has. */
    void onceHeard(Runnable next) {
        CompletionStage<Void> stage = heard;
        stage.thenRun(next);
    }

    /** Waits until {@code elected} has returned, or the patience is over. */
    void awaitHeard(Duration patience) {
        await(heard, patience);
    }

    /** Waits until {@code elected} has returned and the lock was given back; false if the patience was over first. */
    boolean awaitFree(Duration patience) {
        return await(CompletableFuture.allOf(heard, free), patience);
    }

    private static boolean await(CompletableFuture<Void> event, Duration patience) {
        try {
            event.get(patience.toNanos(), TimeUnit.NANOSECONDS);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } catch (ExecutionException | TimeoutException e) {
            return false;
        }
    }

    /** Gives the lock back, so that another can be elected. */
    void release() {
        lease.release();
        free.complete(null);
    }

    @Override
    public String toString() {
        return "leadership of '" + role + "', token " + fencingToken() + (isLeader() ? "" : ", over");
    }
}
