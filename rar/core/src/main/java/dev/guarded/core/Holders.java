// SPDX-License-Identifier: Apache-2.0
package dev.guarded.core;

import dev.guarded.core.spi.Sharing;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The leases of this JVM that have a lock now: one that has it alone, or any number that share it. Changed under the
 * mutex of the lock's queue; {@link #ofThread} needs no mutex, because only a thread itself gives itself a lease.
 */
final class Holders {

    private volatile @Nullable EngineLease alone;

    /** The leases that share the lock, by thread, in the order in which they came; one without a thread by itself. */
    private final Map<Object, List<EngineLease>> sharers = new ConcurrentHashMap<>();

    private int sharing;

    /** What was released and stays taken: how it shares the lock, and until when. */
    private final List<Kept> kept = new ArrayList<>(0);

    private record Kept(Sharing sharing, long until) {}

    @Nullable
    EngineLease alone() {
        return alone;
    }

    boolean none() {
        return alone == null && sharing == 0;
    }

    boolean leaveRoomFor(Sharing wanted, long now) {
        if (alone != null) {
            return false;
        }
        if (kept.isEmpty()) {
            return wanted.fitsBeside(sharing);
        }
        dropKept(now);
        return kept.stream().allMatch(each -> each.sharing().shared()) && wanted.fitsBeside(sharing + kept.size());
    }

    boolean keepAny() {
        return !kept.isEmpty();
    }

    /** Notes that what a lease had stays taken. */
    void keep(Sharing how, long until) {
        kept.add(new Kept(how, until));
    }

    /** Returns for how long the first of what stays taken still does, {@code Long.MAX_VALUE} if nothing does. */
    long keptFor(long now) {
        dropKept(now);
        long left = Long.MAX_VALUE;
        for (Kept each : kept) {
            left = Math.min(left, each.until() - now);
        }
        return left;
    }

    void dropKept(long now) {
        kept.removeIf(each -> each.until() - now <= 0);
    }

    void add(EngineLease lease) {
        if (!lease.sharing().shared()) {
            alone = lease;
            return;
        }
        List<EngineLease> more = new ArrayList<>(sharers.getOrDefault(place(lease), List.of()));
        more.add(lease);
        put(place(lease), more);
        sharing++;
    }

    /** Takes a lease out; returns whether it was there. */
    boolean remove(EngineLease lease) {
        if (alone == lease) {
            alone = null;
            return true;
        }
        List<EngineLease> fewer = new ArrayList<>(sharers.getOrDefault(place(lease), List.of()));
        if (!fewer.remove(lease)) {
            return false;
        }
        put(place(lease), fewer);
        sharing--;
        return true;
    }

    /** Returns all of them, the longest-standing of each thread first. */
    List<EngineLease> all() {
        EngineLease one = alone;
        if (sharing == 0) {
            return one == null ? List.of() : List.of(one);
        }
        // Beside one that has the lock alone there may be those who lost it to him and have not been told yet.
        Stream<EngineLease> shared = sharers.values().stream().flatMap(List::stream);
        return (one == null ? shared : Stream.concat(Stream.of(one), shared)).toList();
    }

    /** Returns the innermost lease of a thread, null if it has none. */
    @Nullable
    EngineLease ofThread(Thread thread) {
        EngineLease one = alone;
        if (one != null && one.scopedTo(thread)) {
            return one;
        }
        List<EngineLease> own = sharers.get(thread);
        for (int i = own == null ? -1 : own.size() - 1; own != null && i >= 0; i--) {
            if (own.get(i).scopedTo(thread)) {
                return own.get(i);
            }
        }
        return null;
    }

    /** Returns how many leases of a lock that is shared belong to a thread that has not detached them. */
    long countOf(Thread thread) {
        return sharers.getOrDefault(thread, List.of()).stream()
                .filter(lease -> lease.scopedTo(thread))
                .count();
    }

    private static Object place(EngineLease lease) {
        Thread thread = lease.owner().thread();
        return thread == null ? lease : thread;
    }

    private void put(Object place, List<EngineLease> leases) {
        if (leases.isEmpty()) {
            sharers.remove(place);
        } else {
            sharers.put(place, List.copyOf(leases));
        }
    }
}
