// SPDX-License-Identifier: Apache-2.0
package dev.guarded.core;

import dev.guarded.core.spi.Scheduler.Scheduled;
import dev.guarded.core.spi.Sharing;
import dev.guarded.core.spi.StoreFailure;
import dev.guarded.lock.GuardedCall;
import dev.guarded.lock.Holder;
import dev.guarded.lock.Lease;
import dev.guarded.lock.LockNotGrantedException;
import dev.guarded.lock.LockSettings;
import dev.guarded.lock.LockStatus;
import dev.guarded.lock.NamedLock;
import dev.guarded.lock.Reach;
import dev.guarded.lock.ReleaseOutcome;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** A named lock of an engine: the door to the queue of its key. */
final class EngineLock implements NamedLock {

    private final EngineContext context;
    private final Joining joining;
    private final String name;
    private final LockSettings settings;
    private final LockQueue queue;
    private final long atLeastForNanos;
    private final Sharing sharing;
    private final EngineLock reading;
    private volatile boolean leaky;

    /** What this is the reading side of, null if it is none: whoever has the side has the lock. */
    @SuppressWarnings("UnusedVariable")
    private final @Nullable EngineLock writing;

    EngineLock(EngineContext context, String name, LockSettings settings, LockQueue queue) {
        this.context = context;
        this.joining = new Joining(context.scopes());
        this.name = name;
        this.settings = settings;
        this.queue = queue;
        this.atLeastForNanos = settings.atLeastFor().orElse(Duration.ZERO).toNanos();
        this.sharing = queue.key.sharing();
        this.writing = null;
        this.reading = new EngineLock(this);
    }

    /** Creates the reading side of a lock, which keeps the lock itself from being forgotten. */
    private EngineLock(EngineLock writing) {
        this.context = writing.context;
        this.joining = writing.joining;
        this.name = writing.name;
        this.settings = writing.settings;
        this.queue = writing.queue;
        this.atLeastForNanos = writing.atLeastForNanos;
        this.sharing = Sharing.READING;
        this.reading = this;
        this.writing = writing;
    }

    EngineContext context() {
        return context;
    }

    Joining joining() {
        return joining;
    }

    LockQueue queue() {
        return queue;
    }

    StoreKey key() {
        return queue.key;
    }

    Sharing sharing() {
        return sharing;
    }

    long atLeastForNanos() {
        return atLeastForNanos;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Reach reach() {
        return key().reach();
    }

    @Override
    public LockSettings settings() {
        return settings;
    }

    @Override
    public Lease acquire() {
        return acquire(context.settings().defaultTimeout());
    }

    @Override
    public Lease acquire(Duration timeout) {
        return new Acquisition(this, timeout).acquire(false);
    }

    /** Acquires it within what is left of a timeout that is for several locks; a refusal names the whole. */
    Lease acquireWithin(Duration whole, Duration left) {
        return new Acquisition(this, whole, left).acquire(false);
    }

    @Override
    public Optional<Lease> tryAcquire() {
        try {
            return Optional.of(acquire(Duration.ZERO));
        } catch (LockNotGrantedException refused) {
            throwUnlessTaken(refused);
            return Optional.empty();
        }
    }

    /** A lock that cannot be had in a transaction that is over need not be somebody else's. */
    private static void throwUnlessTaken(LockNotGrantedException refused) {
        if (Failures.isOfTheTransaction(refused)) {
            throw refused;
        }
    }

    @Override
    public CompletionStage<Lease> acquireAsync(Duration timeout) {
        return new AsyncAcquisition(this, timeout).start();
    }

    @Override
    public <T extends @Nullable Object, X extends Exception> T call(Duration timeout, GuardedCall<T, X> body) throws X {
        Objects.requireNonNull(body, "body");
        return closing(new Acquisition(this, timeout).acquire(true), body);
    }

    private static <T extends @Nullable Object, X extends Exception> T closing(
            LeaseHandle lease, GuardedCall<T, X> body) throws X {
        T result;
        try (lease) {
            result = under(lease, body);
        }
        refuseIfLost(lease);
        return result;
    }

    /** Asked once more behind the release: that alone may have shown it. */
    private static void refuseIfLost(LeaseHandle lease) {
        if (lease.isLost()) {
            throw lease.lostException();
        }
    }

    private static <T extends @Nullable Object, X extends Exception> T under(LeaseHandle lease, GuardedCall<T, X> body)
            throws X {
        T result;
        try {
            result = body.call();
        } catch (Throwable thrown) {
            lease.tellLoss(thrown);
            throw thrown;
        }
        if (lease.isLost()) {
            throw lease.lostException();
        }
        return result;
    }

    @Override
    public <T extends @Nullable Object, X extends Exception> @Nullable CompletionStage<T> callStage(
            Duration timeout, GuardedCall<? extends @Nullable CompletionStage<T>, X> body) throws X {
        Objects.requireNonNull(body, "body");
        LeaseHandle lease = new Acquisition(this, timeout).acquire(true);
        try (lease) {
            CompletionStage<T> stage = under(lease, body);
            if (stage != null) {
                return new StageEnd(lease, context.scheduler()).after(stage);
            }
        }
        refuseIfLost(lease);
        return null;
    }

    @Override
    public void run(Duration timeout, Runnable body) {
        call(timeout, returning(body));
    }

    private static GuardedCall<Boolean, RuntimeException> returning(Runnable body) {
        Objects.requireNonNull(body, "body");
        return () -> {
            body.run();
            return true;
        };
    }

    @Override
    public boolean tryRun(Runnable body) {
        GuardedCall<Boolean, RuntimeException> call = returning(body);
        LeaseHandle lease;
        try {
            lease = new Acquisition(this, Duration.ZERO).acquire(true);
        } catch (LockNotGrantedException refused) {
            throwUnlessTaken(refused);
            return false;
        }
        return closing(lease, call);
    }

    @Override
    public NamedLock readLock() {
        if (key().permits() > 1) {
            throw new IllegalStateException("GUARDED-0012 Lock '" + name + "' has " + key().permits()
                    + " permits; only a lock that one lease has alone has a reading side.");
        }
        return reading;
    }

    @Override
    public boolean isLocked() {
        return status().held();
    }

    @Override
    public LockStatus status() {
        try {
            return Status.asked(context).of(name, queue);
        } catch (StoreFailure failure) {
            throw Failures.store(name, failure, "Who holds it is not known");
        }
    }

    @Override
    public ReleaseOutcome forceRelease(long fencingToken) {
        try {
            ReleaseOutcome outcome = new ForcedRelease(queue, context.cluster()).from(fencingToken);
            Failures.LOG.log(System.Logger.Level.WARNING, Failures.forcedText(name, fencingToken, outcome));
            return outcome;
        } catch (StoreFailure failure) {
            throw Failures.store(name, failure, "Whether it was taken from its holder is not known");
        }
    }

    LockNotGrantedException notGranted(Duration timeout, Duration waited, int waitersBefore) {
        return Failures.notGranted(name, timeout, waited, holderIfKnown(), waitersBefore);
    }

    private @Nullable Holder holderIfKnown() {
        try {
            return Status.late(context).of(name, queue).holder().orElse(null);
        } catch (StoreFailure unknown) {
            return null;
        }
    }

    /**
     * Returns where the present caller is, to be told if its lease is never closed. Looking costs more than all the rest
     * of a lease that took no command; for those it begins with the first that was left open.
     */
    List<StackWalker.StackFrame> placeOf(EngineLease lease) {
        return leaky || lease.hold().tookACommand() ? Leaks.place() : List.of();
    }

    void notedLeak() {
        leaky = true;
    }

    /**
     * Makes sure that the end of a lease is noticed when it comes; locks of the store are watched by their renewal.
     *
     * @return what does so, to be cancelled when the lease has ended
     */
    Scheduled watch(EngineLease lease) {
        return reach() == Reach.LOCAL
                ? context.scheduler().scheduleBrief(queue.endings()::expire, lease.untilDeadline())
                : () -> {};
    }

    /** Tells whether this JVM holds the lock or waits for it. */
    boolean inUse() {
        return queue.inUse();
    }

    @Override
    public String toString() {
        return "lock '" + name + "' (" + settings + ")";
    }
}
