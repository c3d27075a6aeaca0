// SPDX-License-Identifier: Apache-2.0
package dev.guarded.core;

import dev.guarded.core.spi.Scheduler.Scheduled;
import dev.guarded.lock.Lease;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** One acquisition without a thread: its turns run on the scheduler, one at a time, and complete a stage. */
final class AsyncAcquisition implements Waiter.Caller {

    private static final long SHORTEST_PAUSE = Duration.ofMillis(1).toNanos();

    /** What a clock of any kind can add to the present; there is a turn in between, no more. */
    private static final long LONGEST_PAUSE = Duration.ofHours(1).toNanos();

    private final EngineLock lock;
    private final List<StackWalker.StackFrame> place;
    private final Duration timeout;
    private final Waiter waiter;
    private final AtomicInteger wakeUps = new AtomicInteger();
    private final AtomicReference<@Nullable Scheduled> next = new AtomicReference<>();
    private final Result result = new Result();
    private boolean paused;

    AsyncAcquisition(EngineLock lock, Duration timeout) {
        this.lock = lock;
        this.place = Leaks.place();
        this.timeout = Acquisition.checked(timeout);
        EngineContext context = lock.context();
        context.surroundings().reached(context.applications());
        Owner owner = new Owner(
                null,
                Owner.nameOf(Thread.currentThread()),
                context.surroundings().application());
        this.waiter = new Waiter(lock, owner, context.ticker().nanos(), Acquisition.nanos(timeout), this);
    }

    CompletionStage<Lease> start() {
        if (undeployed()) {
            waiter.finish();
            refuse();
        } else if (lock.queue().enter(waiter)) {
            wake();
        } else {
            stopped();
        }
        return result;
    }

    /** Fails it from outside, because no turn of its own may come any more. */
    @Override
    public void stopped() {
        waiter.finish();
        result.completeExceptionally(Failures.store(lock.name(), Turns.stopped()));
    }

    private boolean undeployed() {
        return lock.context().applications().refuses(waiter.application());
    }

    private void tooLate(EngineLease lease) {
        lease.release();
        lock.context()
                .news()
                .tellOfLateGrant(lock, waiter, lock.context().ticker().nanos());
    }

    /** Tells why the wait was given up; a stage that was cancelled itself takes no notice. */
    private void refuse() {
        result.completeExceptionally(Failures.undeployed(lock.name(), waiter.application()));
    }

    /** Gives the wait up together with the stage. */
    private final class Result extends CompletableFuture<Lease> {

        @Override
        public boolean cancel(boolean mayInterruptIfRunning) {
            boolean cancelled = super.cancel(mayInterruptIfRunning);
            waiter.cancel();
            return cancelled;
        }
    }

    @Override
    public void wake() {
        // Wake-ups that come while a turn runs lead to one more turn after it, never to two at once.
        if (wakeUps.getAndIncrement() == 0) {
            lock.queue().mutex.afterwards(() -> lock.context().scheduler().execute(this::turns));
        }
    }

    private void turns() {
        int seen;
        do {
            seen = wakeUps.get();
            Scheduled planned = next.getAndSet(null);
            if (planned != null) {
                planned.cancel();
            }
            turn();
        } while (!wakeUps.compareAndSet(seen, 0));
    }

    private void turn() {
        if (waiter.done()) {
            return;
        }
        waiter.heed();
        if (undeployed()) {
            waiter.cancel();
        }
        Turn turn;
        try {
            turn = lock.queue().turns().next(waiter);
        } catch (RuntimeException | Error unexpected) {
            waiter.finish();
            result.completeExceptionally(unexpected);
            throw unexpected;
        }
        if (turn instanceof Turn.Park park) {
            if (!paused) {
                paused = true;
                waiter.pause();
            }
            long nanos = Math.max(SHORTEST_PAUSE, Math.min(LONGEST_PAUSE, park.nanos()));
            next.set(lock.context().scheduler().scheduleBrief(this::wake, Duration.ofNanos(nanos)));
            return;
        }
        waiter.finish();
        waiter.end(turn);
        if (turn instanceof Turn.Granted granted && (waiter.cancelled() || undeployed())) {
            tooLate(granted.lease());
            refuse();
        } else if (turn instanceof Turn.Granted granted) {
            grant(granted.lease());
        } else if (turn instanceof Turn.Cancelled) {
            refuse();
        } else if (turn instanceof Turn.Failed failed) {
            result.completeExceptionally(Failures.store(lock.name(), failed.failure()));
        } else if (turn instanceof Turn.TimedOut timedOut) {
            Duration waited =
                    Duration.ofNanos(waiter.waited(lock.context().ticker().nanos()));
            result.completeExceptionally(lock.notGranted(timeout, waited, timedOut.waitersBefore()));
        }
    }

    private void grant(EngineLease lease) {
        lease.ends().detach();
        lease.ends().loosenFrame();
        LeaseHandle handle = LeaseHandle.loose(lease);
        lock.context().leaks().watch(handle, lease, place);
        if (!result.complete(handle)) {
            tooLate(lease);
        }
    }
}
