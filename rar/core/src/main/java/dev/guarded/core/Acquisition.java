// SPDX-License-Identifier: Apache-2.0
package dev.guarded.core;

import dev.guarded.core.spi.Surroundings.Transaction;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** One blocking acquisition: joins, or waits in the calling thread until granted, refused, or out of time. */
final class Acquisition {

    private final EngineLock lock;
    private final EngineContext context;
    private final Duration timeout;
    private final Duration left;

    Acquisition(EngineLock lock, Duration timeout) {
        this(lock, timeout, timeout);
    }

    /** Prepares one that tells of the whole timeout, and waits for what others have left of it. */
    Acquisition(EngineLock lock, Duration timeout, Duration left) {
        this.lock = lock;
        this.context = lock.context();
        this.timeout = checked(timeout);
        this.left = left;
    }

    static Duration checked(Duration timeout) {
        if (Objects.requireNonNull(timeout, "timeout").isNegative()) {
            throw new IllegalArgumentException("GUARDED-0006 The timeout is " + timeout
                    + "; it must be at least zero. Zero asks once; LockSettings.UNLIMITED waits for ever.");
        }
        return timeout;
    }

    /** Returns the timeout in nanoseconds, {@code Long.MAX_VALUE} for no limit or one beyond 292 years. */
    static long nanos(Duration timeout) {
        try {
            return timeout.toNanos();
        } catch (ArithmeticException beyondALifetime) {
            return Long.MAX_VALUE;
        }
    }

    /**
     * Acquires.
     *
     * @param guarded whether the caller brings a body, see {@link Joining}
     * @throws dev.guarded.lock.LockException if it was not granted
     */
    LeaseHandle acquire(boolean guarded) {
        context.surroundings().reached(context.applications());
        Transaction transaction = context.surroundings().transaction().orElse(null);
        EngineLease joined = lock.joining().join(lock, guarded, transaction);
        EngineLease lease = joined != null ? joined : waitFor(transaction);
        LeaseHandle handle = LeaseHandle.of(lease);
        if (!guarded) {
            context.leaks().watch(handle, lease, lock.placeOf(lease));
            handle.leaveToScope(context.surroundings().opened(handle));
        }
        if (transaction != null) {
            bind(handle, lease, transaction);
        }
        return handle;
    }

    private EngineLease waitFor(@Nullable Transaction transaction) {
        if (Thread.interrupted()) {
            throw interrupted();
        }
        Thread thread = Thread.currentThread();
        Owner owner =
                new Owner(thread, Owner.nameOf(thread), context.surroundings().application());
        if (context.applications().refuses(owner.application())) {
            throw Failures.undeployed(lock.name(), owner.application());
        }
        long start = context.ticker().nanos();
        Waiter waiter = new Waiter(lock, owner, start, nanos(left), () -> LockSupport.unpark(thread));
        LockQueue queue = lock.queue();
        boolean noted = false;
        try {
            for (; ; ) {
                waiter.heed();
                Turn turn = queue.turns().next(waiter);
                if (!(turn instanceof Turn.Park park)) {
                    waiter.end(turn);
                    return outcome(turn, transaction, waiter);
                }
                if (Thread.currentThread().isInterrupted()
                        || context.applications().refuses(waiter.application())) {
                    waiter.cancel();
                } else if (park.nanos() > 0) {
                    if (!noted) {
                        // Looked at once, before the first pause: what closes a circle is always somebody's wait.
                        noted = true;
                        waiter.pause();
                        context.leaks().look();
                        giveUpIfInACircle(waiter);
                    }
                    if (!waiter.woken()) {
                        context.ticker().park(queue, park.nanos());
                    }
                }
            }
        } finally {
            if (noted) {
                context.waits().end();
            }
        }
    }

    private EngineLease outcome(Turn last, @Nullable Transaction transaction, Waiter waiter) {
        if (last instanceof Turn.Granted granted) {
            if (waiter.cancelled() || context.applications().refuses(waiter.application())) {
                tooLate(granted.lease(), waiter);
                throw givenUp(waiter);
            }
            return afterWaiting(granted.lease(), transaction, waiter);
        }
        if (last instanceof Turn.TimedOut timedOut) {
            context.leaks().look();
            throw lock.notGranted(timeout, waited(waiter), timedOut.waitersBefore());
        }
        if (last instanceof Turn.Failed failed && !Thread.currentThread().isInterrupted()) {
            throw Failures.store(lock.name(), failed.failure());
        }
        throw givenUp(waiter);
    }

    private void giveUpIfInACircle(Waiter waiter) {
        List<Waits.Link> others = context.waits().begin(lock, waiter);
        if (!others.isEmpty()) {
            waiter.cancel(Failures.circle(lock.name(), others));
        }
    }

    private RuntimeException givenUp(Waiter waiter) {
        RuntimeException reason = waiter.reason();
        if (reason != null) {
            return reason;
        }
        boolean undeployed = context.applications().refuses(waiter.application());
        return undeployed && !Thread.currentThread().isInterrupted()
                ? Failures.undeployed(lock.name(), waiter.application())
                : interrupted();
    }

    private EngineLease afterWaiting(EngineLease lease, @Nullable Transaction transaction, Waiter waiter) {
        if (transaction != null && !transaction.active()) {
            tooLate(lease, waiter);
            throw Failures.transactionOver(lock.name(), waited(waiter));
        }
        return lease;
    }

    private void tooLate(EngineLease lease, Waiter waiter) {
        lease.release();
        context.news().tellOfLateGrant(lock, waiter, context.ticker().nanos());
    }

    private void bind(LeaseHandle handle, EngineLease lease, Transaction transaction) {
        try {
            context.scopes().bind(lease, transaction);
        } catch (IllegalStateException over) {
            handle.close();
            throw Failures.transactionOver(lock.name(), Duration.ZERO);
        } catch (RuntimeException | Error refused) {
            handle.close();
            throw refused;
        }
    }

    private Duration waited(Waiter waiter) {
        return Duration.ofNanos(waiter.waited(context.ticker().nanos()));
    }

    private RuntimeException interrupted() {
        Thread.currentThread().interrupt();
        return Failures.interrupted(lock.name());
    }
}
