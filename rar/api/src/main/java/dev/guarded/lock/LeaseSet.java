// SPDX-License-Identifier: Apache-2.0
package dev.guarded.lock;

import java.util.List;

/** Leases of several locks, acquired together in one canonical order: all of them or none. */
public interface LeaseSet extends AutoCloseable {

    /** {@return the leases, one for each distinct name, in the order in which they were acquired} */
    List<Lease> leases();

    /**
     * Returns the lease of one of the locks.
     *
     * @param name the lock's name
     * @return its lease
     * @throws IllegalArgumentException if the set was not acquired with that name; nothing changes
     */
    Lease lease(String name);

    /** {@return whether every lease of the set is still good} */
    boolean isHeld();

    /** Closes every lease as {@link Lease#close()} does, the last acquired first. Never throws. */
    @Override
    void close();

    /**
     * Detaches every lease as {@link Lease#detach()} does.
     *
     * @return this set
     */
    LeaseSet detach();
}
