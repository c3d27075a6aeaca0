// SPDX-License-Identifier: Apache-2.0
package dev.guarded.lock;

import java.util.List;
import java.util.Optional;

/**
 * A lock as seen at one moment; it may have changed by the time it is read.
 *
 * @param name the lock's name; for a lock that is not registered in this JVM, its key
 * @param reach how far it excludes
 * @param holders who holds it, none if it is free; several if it is read or has permits
 * @param waiters how many wait for it: the threads of this JVM, plus, with reach CLUSTER, one for each other node
 */
public record LockStatus(String name, Reach reach, List<Holder> holders, int waiters) {

    /**
     * Keeps a copy of the holders.
     *
     * @param name the lock's name
     * @param reach how far it excludes
     * @param holders who holds it
     * @param waiters how many wait for it
     */
    public LockStatus {
        holders = List.copyOf(holders);
    }

    /** {@return whether somebody held the lock at that moment} */
    public boolean held() {
        return !holders.isEmpty();
    }

    /** {@return who held the lock, of several the one whose lease ends first; empty if it was free} */
    public Optional<Holder> holder() {
        return holders.stream().findFirst();
    }
}
