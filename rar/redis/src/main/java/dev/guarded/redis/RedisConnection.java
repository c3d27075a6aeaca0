// SPDX-License-Identifier: Apache-2.0
package dev.guarded.redis;

import java.util.List;

/** A connection to Redis in somebody's use. */
public interface RedisConnection extends AutoCloseable {

    /**
     * Runs a script.
     *
     * @param script what to run
     * @param keys its keys, as they stand in the store
     * @param args its arguments
     * @return its reply: a {@code String}, a {@code Long}, or a list of these
     * @throws dev.guarded.core.spi.StoreFailure if there was no reply within the command timeout, the server refused,
     *     or this connection is closed; whether the script ran is then unknown
     */
    Object run(Script script, List<String> keys, List<String> args);

    /** Asks the server for a sign of life and returns whether it came within the command timeout. */
    boolean ping();

    /** Ends this use of the connection; everything that is tried on it later fails. Closing again does nothing. */
    @Override
    void close();
}
