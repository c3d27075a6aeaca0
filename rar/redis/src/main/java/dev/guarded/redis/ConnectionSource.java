// SPDX-License-Identifier: Apache-2.0
package dev.guarded.redis;

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
}
