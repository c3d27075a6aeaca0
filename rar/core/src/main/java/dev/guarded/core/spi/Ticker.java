// SPDX-License-Identifier: Apache-2.0
package dev.guarded.core.spi;

import java.util.concurrent.locks.LockSupport;

/** Monotonic time in nanoseconds, and waiting by it. */
public interface Ticker {

    /** The JVM's own monotonic clock. */
    Ticker SYSTEM = System::nanoTime;

    /** Returns the nanoseconds since an arbitrary but fixed origin. */
    long nanos();

    /**
     * Parks the current thread until it is unparked, interrupted, or this clock has advanced by the duration; may
     * return earlier without reason, as {@link LockSupport#parkNanos(Object, long)} does.
     *
     * @param blocker what the thread waits for, shown in thread dumps
     * @param nanos the longest wait, above zero
     */
    default void park(Object blocker, long nanos) {
        LockSupport.parkNanos(blocker, nanos);
    }
}
