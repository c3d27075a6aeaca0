// SPDX-License-Identifier: Apache-2.0
package dev.guarded.core.spi;

import dev.guarded.lock.LockEvent;

/**
 * Hears what becomes of the locks of an engine, in the order in which it happens to each of them. That takes a price:
 * it is called while nobody else can use the lock, so it takes note and returns. It calls no one, waits for nothing and
 * throws nothing.
 */
public interface LockObserver {

    /** What became of a lock. */
    enum Kind {
        GRANTED,
        RELEASED,
        LOST,
        WAITING_TOO_LONG
    }

    /** Tells whether it wants to hear of a lock. */
    boolean hears(String lockName);

    /** Takes note of something that became of a lock it wants to hear of. */
    void note(Kind kind, LockEvent event);
}
