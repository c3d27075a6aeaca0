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
     * Waits until a connection was lent for the first time: the credentials that the server presented for it are known
     * to be good then. Returns at once where nobody presents any.
     *
     * @param patience how long to wait at most, to the nanosecond
     */
    default void awaitFirst(Duration patience) {
        // Whoever borrows logs in as everybody else.
    }
}
