// SPDX-License-Identifier: Apache-2.0
package dev.guarded.core;

import dev.guarded.core.spi.LockObserver;
import dev.guarded.core.spi.LockObserver.Kind;
import dev.guarded.lock.LockEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Who hears what becomes of an engine's locks. Costs next to nothing while there is nobody. */
final class Observers {

    private volatile List<LockObserver> all = List.of();

    synchronized void add(LockObserver observer) {
        List<LockObserver> more = new ArrayList<>(all);
        more.add(observer);
        all = List.copyOf(more);
    }

    synchronized void remove(LockObserver observer) {
        all = all.stream().filter(each -> each != observer).toList();
    }

    /** Tells of a lease. Called under the mutex of its lock's queue, which keeps what is told in order. */
    void tell(Kind kind, EngineLease lease, long nanos) {
        List<LockObserver> present = all;
        if (present.isEmpty()) {
            return;
        }
        for (LockObserver observer : present) {
            if (observer.hears(lease.lock().name())) {
                observer.note(kind, event(lease.lock(), lease.owner(), lease.fencingToken(), nanos));
            }
        }
    }

    static LockEvent event(EngineLock lock, Owner owner, long fencingToken, long nanos) {
        return new LockEvent(
                lock.name(),
                lock.reach(),
                owner.application(),
                owner.threadName(),
                fencingToken,
                Duration.ofNanos(nanos));
    }
}
