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
import java.util.List;
import java.util.Optional;

/** Finds out who holds a lock: this JVM knows its own leases, the store knows the others'. */
final class Status {

    private final EngineLock lock;

    Status(EngineLock lock) {
        this.lock = lock;
    }

    /**
     * Looks now.
     *
     * @throws dev.guarded.core.spi.StoreFailure if the store had to be asked and did not answer
     */
    LockStatus now() {
        int waiting = lock.queue().waiting();
        EngineLease own = lock.queue().current();
        if (lock.reach() == Reach.LOCAL) {
            return status(own == null ? Optional.empty() : Optional.of(own(own)), waiting);
        }
        StoredLock stored = lock.context().cluster().inspect(lock.key().key());
        int others = Math.max(0, stored.queued() - (lock.queue().contending() ? 1 : 0));
        Optional<Holder> holder =
                !stored.taken() ? Optional.empty() : Optional.of(own == null ? stored(stored) : own(own));
        return status(holder, waiting + others);
    }

    private LockStatus status(Optional<Holder> holder, int waiters) {
        return new LockStatus(lock.name(), lock.reach(), holder, waiters);
    }

    private Holder own(EngineLease lease) {
        return new Holder(
                lock.context().settings().nodeName(),
                lease.owner().application(),
                lease.owner().threadName(),
                lock.context()
                        .surroundings()
                        .wallClock()
                        .instant()
                        .minus(lease.age())
                        .truncatedTo(ChronoUnit.MICROS),
                Duration.ofMillis(lease.remaining().toMillis()),
                lease.fencingToken());
    }

    private static Holder stored(StoredLock stored) {
        Duration left = stored.ttlMillis() < 0 ? LockSettings.UNLIMITED : Duration.ofMillis(stored.ttlMillis());
        if (stored.fence() == 0) {
            return new Holder("(a value that is not of Guarded)", "", "", Instant.EPOCH, left, 0);
        }
        List<String> parts = HolderText.parts(stored.holder());
        // A fence begins as the store's time in microseconds, so it tells when the grant was made.
        Instant since = Instant.EPOCH.plus(stored.fence(), ChronoUnit.MICROS);
        return new Holder(
                parts.get(0), parts.get(1), parts.get(2), since, left, stored.fence() * StoreHold.LEASES_A_FENCE);
    }
}
