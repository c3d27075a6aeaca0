// SPDX-License-Identifier: Apache-2.0
package dev.guarded.redis;

import java.time.Duration;

/** Where the store gets its callers' connections from: a server's pool, or the small one of plain Java. */
@FunctionalInterface
public interface ConnectionSource {

    /**
     * Returns a connection for one command.
     *
     * @return the connection; whoever borrows it closes it
     * @throws dev.guarded.core.spi.StoreFailure if the server cannot be reached or every connection is in use
     */
    RedisConnection borrow();

    /**
     * Waits until somebody has borrowed for the first time, whatever came of it: a server presents its credentials then.
     * Returns at once where nobody presents any.
     *
     * @param patience how long to wait at most, to the nanosecond
     */
    default void awaitFirst(Duration patience) {
        // Whoever borrows logs in as everybody else.
    }
}
