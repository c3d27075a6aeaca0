// SPDX-License-Identifier: Apache-2.0
package dev.guarded.arquillian.app;

import dev.guarded.testkit.RespConnection;

/** A counter in Redis that is read and written in two commands, so that whoever overlaps loses an increment. */
final class Counter implements AutoCloseable {

    private final RespConnection redis;
    private final String key;

    Counter(int port, String key) {
        this.redis = RespConnection.to(port);
        this.key = key;
    }

    void increment() {
        Object read = redis.command("GET", key);
        long value = read == null ? 0 : Long.parseLong(read.toString());
        redis.command("SET", key, Long.toString(value + 1));
    }

    @Override
    public void close() {
        redis.close();
    }
}
