// SPDX-License-Identifier: Apache-2.0
package dev.guarded.testkit.contract;

import dev.guarded.lock.LockManager;
import dev.guarded.lock.LockSettings;

/** Where a contract is tried: one lock manager, opened for one test. */
public interface Site extends AutoCloseable {

    /** Returns the lock manager. */
    LockManager locks();

    /** Returns what makes the kind of lock under test, its reach; the test adds the times it needs. */
    LockSettings settings();

    /** Closes the lock manager and whatever was opened for it; closing again does nothing. */
    @Override
    void close();
}
