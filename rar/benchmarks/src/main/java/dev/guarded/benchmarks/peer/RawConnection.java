// SPDX-License-Identifier: Apache-2.0
package dev.guarded.benchmarks.peer;

import java.util.List;
import java.util.UUID;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.JedisClientConfig;
import redis.clients.jedis.params.SetParams;

/**
 * The floor: SET NX PX and compare-and-delete by EVALSHA on one Jedis connection. It neither waits nor is it for more
 * than one thread.
 */
public final class RawConnection implements Peer {

    static final String COMPARE_AND_DELETE =
            "if redis.call('GET', KEYS[1]) == ARGV[1] then return redis.call('DEL', KEYS[1]) else return 0 end";

    /** A machine that is busier than it should be must not end a run: nobody is measured by its time-outs. */
    static final JedisClientConfig PATIENT = DefaultJedisClientConfig.builder()
            .connectionTimeoutMillis(30_000)
            .socketTimeoutMillis(30_000)
            .build();

    private static final long LEASE_MILLIS = 30_000;

    private final Jedis connection;
    private final String compareAndDelete;

    /**
     * Connects.
     *
     * @param port the port of 127.0.0.1 where Redis is
     */
    public RawConnection(int port) {
        connection = new Jedis("127.0.0.1", port, PATIENT);
        compareAndDelete = connection.scriptLoad(COMPARE_AND_DELETE);
    }

    @Override
    public PeerLock lock(String lockName) {
        String key = "floor:" + lockName;
        List<String> keys = List.of(key);
        return () -> {
            String token = UUID.randomUUID().toString();
            if (connection.set(key, token, SetParams.setParams().nx().px(LEASE_MILLIS)) == null) {
                throw new IllegalStateException("the floor's lock " + key + " is taken");
            }
            List<String> arguments = List.of(token);
            return () -> connection.evalsha(compareAndDelete, keys, arguments);
        };
    }

    /** Sends a PING and waits for its reply. */
    public void ping() {
        connection.ping();
    }

    @Override
    public void close() {
        connection.close();
    }
}
