// SPDX-License-Identifier: Apache-2.0
package dev.guarded.core;

import dev.guarded.core.spi.LockObserver;
import dev.guarded.core.spi.LockStore;
import dev.guarded.core.spi.Scheduler;
import dev.guarded.core.spi.StoreFailure;
import dev.guarded.core.spi.Surroundings;
import dev.guarded.core.spi.Surroundings.Transaction;
import dev.guarded.core.spi.Ticker;
import dev.guarded.lock.Lease;
import dev.guarded.lock.LeaseSet;
import dev.guarded.lock.LockSettings;
import dev.guarded.lock.LockStatus;
import dev.guarded.lock.NamedLock;
import dev.guarded.lock.Reach;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;

/** The engine: all locks of one adapter configuration in one JVM. */
public final class LockEngine implements CloseableLockManager {

    private final EngineContext context;
    private final Locks locks;
    private final AtomicBoolean closed = new AtomicBoolean();

    private LockEngine(EngineContext context, Locks locks) {
        this.context = context;
        this.locks = locks;
    }

    /**
     * Opens an engine. Nothing is connected and nothing scheduled before a lock is asked for.
     *
     * @param settings the defaults and limits
     * @param store where locks of reach CLUSTER are kept; closed together with the engine
     * @param scheduler where background work runs
     * @param ticker the monotonic clock of all waits and leases
     * @param surroundings the caller's container
     * @return the engine; whoever opens it closes it
     */
    public static LockEngine open(
            EngineSettings settings, LockStore store, Scheduler scheduler, Ticker ticker, Surroundings surroundings) {
        Leaks leaks = new Leaks();
        ClusterReach cluster = new ClusterReach(settings, store, scheduler, ticker, surroundings, leaks);
        EngineContext context = new EngineContext(
                settings,
                scheduler,
                ticker,
                surroundings,
                new Scopes(),
                new Waits(),
                leaks,
                new Applications(),
                new News(scheduler, surroundings),
                new Observers(),
                cluster);
        return new LockEngine(context, new Locks(context));
    }

    @Override
    public NamedLock getOrCreateLock(String name) {
        return locks.getOrCreate(name, null);
    }

    @Override
    public NamedLock getOrCreateLock(String name, LockSettings settings) {
        return locks.getOrCreate(name, Objects.requireNonNull(settings, "settings"));
    }

    @Override
    public Optional<NamedLock> getLock(String name) {
        return Optional.ofNullable(locks.get(name));
    }

    @Override
    public NamedLock createLock(LockSettings settings) {
        return locks.createUnnamed(Objects.requireNonNull(settings, "settings"));
    }

    @Override
    public NamedLock createLock(String name, LockSettings settings) {
        return locks.create(name, Objects.requireNonNull(settings, "settings"));
    }

    @Override
    public List<NamedLock> listLocks() {
        return locks.all().stream()
                .sorted(Comparator.comparing(NamedLock::name))
                .map(NamedLock.class::cast)
                .toList();
    }

    @Override
    public List<LockStatus> listHeld() {
        try {
            // An adapter for LOCAL locks needs no store, and is not asked about one.
            boolean stored = context.settings().defaultReach() == Reach.CLUSTER
                    || context.cluster().inUse();
            return locks.held(Status.asked(context), stored ? context.cluster().keys() : List.of());
        } catch (StoreFailure failure) {
            throw Failures.store("(all)", failure, "What is held is not known");
        }
    }

    @Override
    public boolean removeLock(String name) {
        return locks.remove(name);
    }

    @Override
    public Duration defaultTimeout() {
        return context.settings().defaultTimeout();
    }

    @Override
    public Lease acquire(String name) {
        return getOrCreateLock(name).acquire();
    }

    @Override
    public Lease acquire(String name, Duration timeout) {
        return getOrCreateLock(name).acquire(timeout);
    }

    @Override
    public Optional<Lease> tryAcquire(String name) {
        return getOrCreateLock(name).tryAcquire();
    }

    @Override
    public LeaseSet acquireAll(Collection<String> names, Duration timeout) {
        Acquisition.checked(timeout);
        if (names.isEmpty()) {
            throw new IllegalArgumentException("GUARDED-0011 acquireAll was given no name; give it at least one.");
        }
        // Ordered by key, not by name: two names may stand for one lock, and the order must be everybody's.
        Map<String, List<EngineLock>> byKey = new TreeMap<>();
        for (String name : names) {
            EngineLock lock = locks.getOrCreate(name, null);
            byKey.computeIfAbsent(lock.reach() + ":" + lock.key().key(), k -> new ArrayList<>())
                    .add(lock);
        }
        return acquireInOrder(byKey.values(), timeout);
    }

    private LeaseSet acquireInOrder(Collection<List<EngineLock>> sameKey, Duration timeout) {
        long start = context.ticker().nanos();
        List<Lease> leases = new ArrayList<>();
        Map<String, Lease> byName = new HashMap<>();
        try {
            for (List<EngineLock> group : sameKey) {
                Lease lease = group.get(0).acquireWithin(timeout, left(timeout, start));
                leases.add(lease);
                group.forEach(lock -> byName.put(lock.name(), lease));
            }
        } catch (RuntimeException | Error e) {
            new EngineLeaseSet(leases, byName).close();
            throw e;
        }
        return new EngineLeaseSet(leases, byName);
    }

    private Duration left(Duration timeout, long start) {
        if (timeout.equals(LockSettings.UNLIMITED)) {
            return timeout;
        }
        Duration left = timeout.minusNanos(context.ticker().nanos() - start);
        return left.isNegative() ? Duration.ZERO : left;
    }

    @Override
    public Lease requireHeld(String name) {
        EngineLock lock = locks.get(name);
        Transaction transaction = context.surroundings().transaction().orElse(null);
        EngineLease lease = lock == null ? null : context.scopes().ofThread(lock.queue());
        if (lease == null && lock != null) {
            lease = context.scopes().ofTransaction(transaction, lock.queue());
        }
        if (lease == null) {
            throw new IllegalStateException("GUARDED-0106 Lock '" + name
                    + "' is not held by this thread or its transaction. Call this method guarded by it.");
        }
        if (!lease.isHeld()) {
            throw lease.lostException();
        }
        if (transaction != null) {
            context.scopes().answer(lease, transaction);
        }
        return LeaseHandle.borrowed(lease);
    }

    /** Returns what happened to all locks of this engine, also to those that nobody uses any more. */
    public LockStatistics statistics() {
        return locks.statistics();
    }

    /**
     * Returns what happened to a lock since it became known; names that have one key have their figures together.
     *
     * @param name the lock's name
     * @return the figures, empty if no lock of that name is registered
     */
    public Optional<LockStatistics> statistics(String name) {
        return Optional.ofNullable(locks.get(name)).map(lock -> lock.queue().statistics());
    }

    /** Returns how many wait in this JVM for the lock of that name, or for another one with its key. */
    public int waiting(String name) {
        EngineLock lock = locks.get(name);
        return lock == null ? 0 : lock.queue().waiting();
    }

    /**
     * Lets somebody hear what becomes of this engine's locks on this node, until the observation is closed.
     *
     * @param observer told at once of grants, releases and losses
     * @param tooLong which waits it is told of when the observation looks for them
     */
    public Observation observe(LockObserver observer, Duration tooLong) {
        return new Observation(context.observers(), observer, locks::queues, context.ticker(), tooLong);
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            context.cluster().close(locks.close());
        }
    }
}
