// SPDX-License-Identifier: Apache-2.0
package dev.guarded.core;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The waiters of this JVM for one key, in the order in which they came. Used under the mutex of the key's queue. */
final class Line {

    private final LinkedHashSet<Waiter> waiters = new LinkedHashSet<>();

    @Nullable
    Waiter first() {
        return waiters.isEmpty() ? null : waiters.iterator().next();
    }

    /** Tells whether nobody is before the waiter, who may or may not stand in line himself. */
    boolean opensTo(Waiter waiter) {
        return waiters.isEmpty() || first() == waiter;
    }

    boolean isEmpty() {
        return waiters.isEmpty();
    }

    int size() {
        return waiters.size();
    }

    /** Puts a waiter at the end, unless it stands in line already. */
    void join(Waiter waiter) {
        waiters.add(waiter);
    }

    /** Puts a waiter who was first already before all others, or behind the first if that one's attempt is under way. */
    void comeBack(Waiter waiter, boolean behindTheFirst) {
        List<Waiter> all = new ArrayList<>(waiters);
        all.add(behindTheFirst ? Math.min(1, all.size()) : 0, waiter);
        waiters.clear();
        waiters.addAll(all);
    }

    void leave(Waiter waiter) {
        // Most never stood in line; looking for them would cost as much as the rest of their turn.
        if (!waiters.isEmpty()) {
            waiters.remove(waiter);
        }
    }

    /** Returns how many are before a waiter; all, if it does not stand in line. */
    int before(Waiter waiter) {
        int before = 0;
        for (Waiter each : waiters) {
            if (each == waiter) {
                break;
            }
            before++;
        }
        return before;
    }

    List<Waiter> all() {
        return List.copyOf(waiters);
    }
}
