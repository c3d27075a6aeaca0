// SPDX-License-Identifier: Apache-2.0
package dev.guarded.core;

import dev.guarded.lock.LockSettings;
import dev.guarded.lock.LockStatus;
import dev.guarded.lock.Reach;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The named locks of an engine, and the queues that those of one key share. */
final class Locks {

    private final EngineContext context;
    private final Registry<String, EngineLock> byName = new Registry<>(pin -> {});
    private final Registry<StoreKey.Identity, LockQueue> byKey = new Registry<>(this::count);
    private final AtomicReference<LockStatistics> forgotten = new AtomicReference<>(LockStatistics.NONE);
    private final AtomicLong localFences;
    private volatile boolean closed;

    Locks(EngineContext context) {
        this.context = context;
        context.applications().over(byKey::values);
        // Numbers of LOCAL leases begin at the wall clock, as the store's do: a restart never goes back.
        long micros = context.surroundings().wallClock().millis() * 1000;
        this.localFences = new AtomicLong(micros * StoreHold.LEASES_A_FENCE);
    }

    EngineLock getOrCreate(String name, @Nullable LockSettings settings) {
        LockNames.check("lock name", name);
        EngineLock known = byName.get(name);
        if (known == null) {
            LockSettings wanted = settings == null ? LockSettings.defaults() : settings;
            known = byName.getOrCreate(name, pin -> make(name, wanted));
        }
        if (settings != null && !known.settings().equals(resolved(name, settings))) {
            throw new IllegalArgumentException("GUARDED-0008 Lock '" + name + "' is registered with other settings: ["
                    + known.settings() + "]; asked for were [" + resolved(name, settings)
                    + "]. Use the same settings everywhere, or another name.");
        }
        return known;
    }

    EngineLock create(String name, LockSettings settings) {
        LockNames.check("lock name", name);
        EngineLock made = make(name, settings);
        EngineLock registered = byName.getOrCreate(name, pin -> made);
        if (registered != made) {
            throw new IllegalArgumentException("GUARDED-0009 Lock '" + name + "' exists already, with ["
                    + registered.settings() + "]. Use getOrCreateLock, or another name.");
        }
        return made;
    }

    EngineLock createUnnamed(LockSettings settings) {
        byte[] random = new byte[8];
        ThreadLocalRandom.current().nextBytes(random);
        return make("lock-" + HexFormat.of().formatHex(random), settings);
    }

    @Nullable
    EngineLock get(String name) {
        return byName.get(LockNames.check("lock name", name));
    }

    List<EngineLock> all() {
        // A queue is forgotten after the last lock of its key: nobody else may ask for it again.
        byKey.shrink();
        return byName.values();
    }

    List<LockQueue> queues() {
        return byKey.values();
    }

    /** Returns what is held or awaited: of the keys that the store knows, and of the LOCAL locks here. */
    List<LockStatus> held(Status status, List<String> storeKeys) {
        Map<StoreKey.Identity, String> names = new HashMap<>();
        all().forEach(lock -> names.put(lock.key().identity(), lock.name()));
        Stream<LockStatus> here = byKey.values().stream()
                .filter(queue -> queue.key.reach() == Reach.LOCAL && queue.inUse())
                .map(queue -> status.of(names.getOrDefault(queue.key.identity(), queue.key.key()), queue));
        Stream<LockStatus> everywhere = storeKeys.stream().map(key -> {
            StoreKey.Identity identity = new StoreKey.Identity(Reach.CLUSTER, key);
            LockQueue queue = byKey.get(identity);
            return queue == null ? status.ofKey(key) : status.of(names.getOrDefault(identity, key), queue);
        });
        return Stream.concat(here, everywhere)
                .filter(each -> each.held() || each.waiters() > 0)
                .sorted(Comparator.comparing(LockStatus::name).thenComparing(LockStatus::reach))
                .toList();
    }

    private void count(Pin pin) {
        forgotten.accumulateAndGet(pin.tally.statistics(), LockStatistics::plus);
    }

    /** Returns what happened to all locks, also to those that are forgotten by now. */
    LockStatistics statistics() {
        byKey.shrink();
        LockStatistics sum = forgotten.get();
        for (Pin pin : byKey.pins()) {
            sum = sum.plus(pin.tally.statistics());
        }
        return sum;
    }

    boolean remove(String name) {
        EngineLock lock = get(name);
        if (lock == null) {
            return false;
        }
        if (lock.inUse()) {
            throw new IllegalStateException("GUARDED-0010 Lock '" + name
                    + "' is held or awaited in this JVM and stays registered. Release it first.");
        }
        return byName.remove(name, lock);
    }

    /** Refuses every acquisition from now on; returns what is to be given back at the store. */
    List<Runnable> close() {
        closed = true;
        return byKey.values().stream()
                .flatMap(queue -> queue.endings().close().stream())
                .toList();
    }

    private EngineLock make(String name, LockSettings settings) {
        context.leaks().look();
        LockSettings resolved = resolved(name, settings);
        StoreKey key = new StoreKey(
                resolved.reach().orElseThrow(),
                LockNames.check("lock key", resolved.key().orElseThrow()),
                resolved.leaseTime().orElseThrow(),
                resolved.maxHold().orElseThrow(),
                resolved.permits().orElseThrow(),
                resolved.barging().orElseThrow());
        if (key.maxHold().compareTo(key.leaseTime()) < 0) {
            throw new IllegalArgumentException("GUARDED-0004 maxHold of lock '" + name + "' is " + key.maxHold()
                    + ", less than its leaseTime " + key.leaseTime() + "; raise it or leave it out.");
        }
        LockQueue shared = byKey.getOrCreate(key.identity(), pin -> queue(key, pin));
        if (!shared.key.equals(key)) {
            throw new IllegalArgumentException("GUARDED-0008 The key '" + key.key() + "' of lock '" + name
                    + "' is in use with other settings: [" + shared.key + "]; asked for were [" + key
                    + "]. Two names with one key are one lock: give them the same settings.");
        }
        if (closed) {
            shared.endings().close();
        }
        return new EngineLock(context, name, resolved, shared);
    }

    private LockQueue queue(StoreKey key, Pin pin) {
        Source source = key.reach() == Reach.LOCAL
                ? new LocalSource(context.ticker(), key, localFences)
                : new StoreSource(context.cluster(), key);
        return new LockQueue(key, context.ticker(), pin, source);
    }

    private LockSettings resolved(String name, LockSettings settings) {
        EngineSettings defaults = context.settings();
        Duration leaseTime = settings.leaseTime().orElse(defaults.defaultLeaseTime());
        Duration longer = defaults.defaultMaxHold().compareTo(leaseTime) > 0 ? defaults.defaultMaxHold() : leaseTime;
        return settings.reach(settings.reach().orElse(defaults.defaultReach()))
                .key(settings.key().orElse(name))
                .leaseTime(leaseTime)
                .maxHold(settings.maxHold().orElse(longer))
                .atLeastFor(settings.atLeastFor().orElse(Duration.ZERO))
                .permits(settings.permits().orElse(1))
                .barging(settings.barging().orElse(false));
    }
}
