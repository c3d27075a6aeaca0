// SPDX-License-Identifier: Apache-2.0
package dev.guarded.core;

import dev.guarded.core.spi.Sharing;
import dev.guarded.lock.Reach;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Which thread of this JVM waits for which lock: finds those that would wait for one another until their time is up.
 * Only leases that belong to a thread count; who detaches a lease may mean another thread to release it.
 */
final class Waits {

    private final Map<Thread, EngineLock> waiting = new ConcurrentHashMap<>();

    /** One step around a circle: a thread has a lock that the one before waits for, and waits itself for the next. */
    record Link(Thread thread, String has, String waitsFor) {}

    /**
     * Notes that the current thread waits. Each thread notes its wait before it looks, so of those that close a circle
     * together at least one sees it.
     *
     * @return the other threads of the circle that this wait closes, empty if it closes none
     */
    List<Link> begin(EngineLock lock) {
        Thread me = Thread.currentThread();
        waiting.put(me, lock);
        List<Link> found = circle(me, lock, List.of());
        return found == null ? List.of() : found;
    }

    void end() {
        waiting.remove(Thread.currentThread());
    }

    /** Looks for a way from the holders of a lock back to a thread; null if there is none. */
    private @Nullable List<Link> circle(Thread me, EngineLock wanted, List<Link> way) {
        if (anyOneWillDo(wanted)) {
            return null;
        }
        for (EngineLease lease : wanted.queue().held()) {
            Thread holder = lease.owner().thread();
            if (holder == null || !lease.scopedTo(holder)) {
                continue;
            }
            if (holder == me) {
                return way;
            }
            EngineLock next = waiting.get(holder);
            if (next == null || way.stream().anyMatch(link -> link.thread() == holder)) {
                continue;
            }
            List<Link> further = new ArrayList<>(way);
            further.add(new Link(holder, wanted.name(), next.name()));
            List<Link> found = circle(me, next, further);
            if (found != null) {
                return found;
            }
        }
        return null;
    }

    /** Who waits for one of several permits waits for no holder in particular, and some may be other nodes'. */
    private static boolean anyOneWillDo(EngineLock wanted) {
        Sharing sharing = wanted.sharing();
        boolean permit = sharing.shared() && !sharing.equals(Sharing.READING);
        return permit
                && (wanted.reach() == Reach.CLUSTER || wanted.queue().held().size() > 1);
    }
}
