// SPDX-License-Identifier: Apache-2.0
package dev.guarded.core;

import dev.guarded.core.spi.Sharing;
import dev.guarded.lock.Reach;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Which thread of this JVM waits for which lock: finds those that would wait for one another until their time is up.
 * Only leases that belong to a thread count; who detaches a lease may mean another thread to release it.
 */
final class Waits {

    private final Map<Thread, Wait> waiting = new ConcurrentHashMap<>();

    /** What a thread waits for. */
    private record Wait(EngineLock lock, Waiter waiter) {

        boolean goesOn() {
            return waiter.granted() == null;
        }
    }

    /** One step around a circle: a thread has a lock that the one before waits for, and waits itself for the next. */
    record Link(Thread thread, EngineLock has, EngineLock waitsFor) {}

    /**
     * Notes that the current thread waits. Each thread notes its wait before it looks, so of those that close a circle
     * together at least one sees it.
     *
     * @return the other threads of the circle that this wait closes, empty if it closes none
     */
    List<Link> begin(EngineLock lock, Waiter waiter) {
        Thread me = Thread.currentThread();
        waiting.put(me, new Wait(lock, waiter));
        if (endsAt(lock.queue().holders.alone())) {
            return List.of();
        }
        Map<Thread, Wait> seen = new LinkedHashMap<>();
        List<Link> found = circle(me, lock, List.of(), seen);
        return found != null && isStillThere(found, seen) && waiter.granted() == null ? found : List.of();
    }

    /** Tells whether a lease belongs to somebody who waits for nothing: the usual case, seen without a mutex. */
    private boolean endsAt(@Nullable EngineLease alone) {
        Thread holder = alone == null ? null : alone.owner().thread();
        return holder != null && !waiting.containsKey(holder);
    }

    void end() {
        waiting.remove(Thread.currentThread());
    }

    /**
     * Tells whether a circle is more than glimpses of different moments: a thread that is still in the same wait has
     * had since then what it has now.
     */
    private boolean isStillThere(List<Link> circle, Map<Thread, Wait> seen) {
        return circle.stream().allMatch(link -> {
            Wait wait = waiting.get(link.thread());
            boolean has = link.has().queue().held().stream().anyMatch(lease -> lease.scopedTo(link.thread()));
            return has && wait != null && wait.equals(seen.get(link.thread())) && wait.goesOn();
        });
    }

    /** Looks for a way from the holders of a lock back to a thread; null if there is none. */
    private @Nullable List<Link> circle(Thread me, EngineLock wanted, List<Link> way, Map<Thread, Wait> seen) {
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
            Wait wait = waiting.get(holder);
            if (wait == null || !wait.goesOn() || seen.putIfAbsent(holder, wait) != null) {
                continue;
            }
            List<Link> further = new ArrayList<>(way);
            further.add(new Link(holder, wanted, wait.lock()));
            List<Link> found = circle(me, wait.lock(), further, seen);
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
