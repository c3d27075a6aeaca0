// SPDX-License-Identifier: Apache-2.0
package dev.guarded.core;

import dev.guarded.core.spi.StoredLock;
import dev.guarded.lock.Holder;
import dev.guarded.lock.LockSettings;
import dev.guarded.lock.LockStatus;
import dev.guarded.lock.Reach;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Finds out who holds a lock: this JVM knows its own leases, the store knows the others'. */
final class Status {

    private final EngineContext context;
    private final Function<String, StoredLock> look;

    private Status(EngineContext context, Function<String, StoredLock> look) {
        this.context = context;
        this.look = look;
    }

    /** Looks for somebody who asked. */
    static Status asked(EngineContext context) {
        return new Status(context, context.cluster()::inspect);
    }

    /** Looks for somebody whose timeout has passed: only if he need not wait for it. */
    static Status late(EngineContext context) {
        return new Status(context, context.cluster()::glance);
    }

    /**
     * Looks now.
     *
     * @throws dev.guarded.core.spi.StoreFailure if the store had to be asked and did not answer
     */
    LockStatus of(String name, LockQueue queue) {
        List<EngineLease> own = queue.heldNow();
        int waiting = queue.waiting();
        if (queue.key.reach() == Reach.LOCAL) {
            return new LockStatus(name, Reach.LOCAL, own.stream().map(this::own).toList(), waiting);
        }
        StoredLock stored = look.apply(queue.key.key());
        int others = Math.max(0, stored.queued() - (queue.contending() ? 1 : 0));
        return new LockStatus(name, Reach.CLUSTER, holders(stored, own), waiting + others);
    }

    /** Returns a lock that nobody uses in this JVM as the store knows it. */
    LockStatus ofKey(String key) {
        StoredLock stored = look.apply(key);
        return new LockStatus(key, Reach.CLUSTER, holders(stored, List.of()), stored.queued());
    }

    private List<Holder> holders(StoredLock stored, List<EngineLease> own) {
        List<Holder> holders = new ArrayList<>();
        for (StoredLock.Grant grant : stored.holders()) {
            holders.add(own.stream()
                    .filter(lease -> lease.hold().is(grant.token()))
                    .findFirst()
                    .map(this::own)
                    .orElseGet(() -> stored(grant)));
        }
        return holders;
    }

    private Holder own(EngineLease lease) {
        return new Holder(
                context.settings().nodeName(),
                lease.owner().application(),
                lease.owner().threadName(),
                context.surroundings().wallClock().instant().minus(lease.age()).truncatedTo(ChronoUnit.MICROS),
                Duration.ofMillis(lease.remaining().toMillis()),
                lease.fencingToken());
    }

    private static Holder stored(StoredLock.Grant grant) {
        Duration left = grant.ttlMillis() < 0 ? LockSettings.UNLIMITED : Duration.ofMillis(grant.ttlMillis());
        if (grant.fence() == 0) {
            return new Holder("(a value that is not of Guarded)", "", "", Instant.EPOCH, left, 0);
        }
        List<String> parts = HolderText.parts(grant.holder());
        // A fence begins as the store's time in microseconds, so it tells when the grant was made.
        Instant since = Instant.EPOCH.plus(grant.fence(), ChronoUnit.MICROS);
        return new Holder(
                parts.get(0), parts.get(1), parts.get(2), since, left, grant.fence() * StoreHold.LEASES_A_FENCE);
    }
}
