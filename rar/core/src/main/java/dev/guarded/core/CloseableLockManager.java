// SPDX-License-Identifier: Apache-2.0
package dev.guarded.core;

import dev.guarded.lock.LockManager;

/** A lock manager whose life ends when its opener says so. */
public interface CloseableLockManager extends LockManager, AutoCloseable {

    /**
     * Ends it within 5 s: wakes the waiters, which fail with a {@code LockStoreException}, gives back every lock that
     * is still held, whose leases count as lost from then on, and closes the connections. Closing again does nothing.
     */
    @Override
    void close();
}
