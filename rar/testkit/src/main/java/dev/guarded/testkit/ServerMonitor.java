// SPDX-License-Identifier: Apache-2.0
package dev.guarded.testkit;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * Listens to every command that a Redis on this machine is sent, from the moment at which it is opened. What scripts
 * do inside the server is left out.
 */
public final class ServerMonitor implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final RealRedis redis;
    private final RespConnection connection;
    private final List<String> heard = new ArrayList<>();

    private ServerMonitor(RealRedis redis) {
        this.redis = redis;
        this.connection = RespConnection.to(redis.port());
        connection.command("MONITOR");
    }

    /** Begins to listen. */
    public static ServerMonitor of(RealRedis redis) {
        return new ServerMonitor(redis);
    }

    /**
     * Returns what the server was sent since this was last asked, or since the beginning: for each command its time,
     * its sender's address and its words, as {@code MONITOR} prints them.
     *
     * @throws IllegalStateException if the server prints for 10 s without coming to this moment
     */
    public List<String> sinceLastAsked() {
        String mark = UUID.randomUUID().toString();
        redis.command("ECHO", mark);
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() - deadline < 0) {
            String line = String.valueOf(connection.next());
            if (line.contains(mark)) {
                List<String> all = List.copyOf(heard);
                heard.clear();
                return all;
            }
            if (!line.contains(" lua] ")) {
                heard.add(line);
            }
        }
        throw new IllegalStateException("MONITOR does not come to an end; " + heard.size() + " commands so far");
    }

    @Override
    public void close() {
        connection.close();
    }
}
