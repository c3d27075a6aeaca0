// SPDX-License-Identifier: Apache-2.0
package dev.guarded.core;

import dev.guarded.core.spi.StoreFailure;

/** What a waiter's turn in a {@link LockQueue} came to. */
sealed interface Turn {

    /** The waiter owns the lock and has left the queue. */
    record Granted(EngineLease lease) implements Turn {}

    /** The waiter's next turn is due after so many nanoseconds, at once if zero, or when it is woken. */
    record Park(long nanos) implements Turn {}

    /** The waiter's time is up; it has left the queue. */
    record TimedOut(int waitersBefore) implements Turn {}

    /** The store refused, or did not answer for as long as the waiter waited; the waiter has left the queue. */
    record Failed(StoreFailure failure) implements Turn {}

    /** The waiter was cancelled and has left the queue. */
    record Cancelled() implements Turn {}
}
