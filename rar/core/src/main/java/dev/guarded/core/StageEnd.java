// SPDX-License-Identifier: Apache-2.0
package dev.guarded.core;

import dev.guarded.core.spi.Scheduler;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The open end of a lease whose body returned a stage: ends when the stage has completed and the body returned. */
final class StageEnd {

    private final LeaseHandle lease;
    private final Scheduler scheduler;
    private final AtomicBoolean oneIsThrough = new AtomicBoolean();

    StageEnd(LeaseHandle lease, Scheduler scheduler) {
        this.lease = lease;
        this.scheduler = scheduler;
    }

    /** Returns the stage for the caller; from now on the lease is the stage's and not the thread's. */
    <T extends @Nullable Object> CompletionStage<T> after(CompletionStage<T> stage) {
        lease.passToStage();
        // Dependents are of the same kind as the original, with its executor and its context. The caller gets one of
        // its
        // own: a future that was cancelled skips what it was made for.
        CompletionStage<T> watched = stage.whenComplete((value, failure) -> completed(failure));
        if (oneIsThrough.getAndSet(true)) {
            lease.endStage();
        }
        return watched.thenApply(Function.identity());
    }

    private void completed(@Nullable Throwable failure) {
        boolean lost = lease.isLost();
        if (oneIsThrough.getAndSet(true)) {
            // A release may ask the store, and whoever completes a stage has other things to do.
            scheduler.execute(lease::endStage);
        }
        if (lost && failure == null) {
            throw lease.lostException();
        }
        if (failure != null) {
            lease.tellLoss(failure);
        }
    }
}
