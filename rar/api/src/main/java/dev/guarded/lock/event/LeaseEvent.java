// SPDX-License-Identifier: Apache-2.0
package dev.guarded.lock.event;

/** Something that happened to a lease, or almost one, of the application that is told. */
public sealed interface LeaseEvent permits LateGrant, LeaseLeaked, LeaseLost {

    /** {@return the name of the lock, exactly as the application gave it} */
    String lockName();

    /** {@return what happened in words, as in the log, beginning with its number} */
    String message();
}
