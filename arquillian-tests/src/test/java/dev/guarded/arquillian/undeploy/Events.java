// SPDX-License-Identifier: Apache-2.0
package dev.guarded.arquillian.undeploy;

import dev.guarded.testkit.RespConnection;
import java.time.Instant;

/** A list in Redis that outlives every application: what happened, in order. */
public final class Events implements AutoCloseable {

    private static final String LIST = "undeploy:events";
    private static final String END = "undeploy:end";

    private final RespConnection redis;

    private Events(int port) {
        this.redis = RespConnection.to(port);
    }

    /** Connects; every call of the application has a connection of its own. */
    static Events at(int port) {
        return new Events(port);
    }

    /** Notes an event with its time in milliseconds. */
    void note(String event) {
        redis.command("RPUSH", LIST, event + " @" + Instant.now().toEpochMilli());
    }

    /** Waits until the test lets one body end. */
    void awaitEnd() {
        for (int i = 0; i < 120 && redis.command("BLPOP", END, "1") == null; i++) {
            // Not yet.
        }
    }

    @Override
    public void close() {
        redis.close();
    }
}
