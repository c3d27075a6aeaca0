// SPDX-License-Identifier: Apache-2.0
package dev.guarded.arquillian.paths;

import dev.guarded.testkit.RespConnection;

/** Takes a lock behind its holder's back, or its store. */
final class Thief implements AutoCloseable {

    private final RespConnection redis;

    Thief(int port) {
        this.redis = RespConnection.to(port);
    }

    /** Makes a lock free though somebody holds it. */
    void steals(String name) {
        Trace.note("stolen: " + redis.command("DEL", "guarded:{" + name + "}:l"));
    }

    /** Lets the store answer no command that could change anything. */
    void stopsTheStore() {
        Trace.note("store stops: " + redis.command("CLIENT", "PAUSE", "30000", "WRITE"));
    }

    /** Lets it answer again. */
    void startsTheStore() {
        Trace.note("store starts: " + redis.command("CLIENT", "UNPAUSE"));
    }

    @Override
    public void close() {
        redis.command("CLIENT", "UNPAUSE");
        redis.close();
    }
}
