// SPDX-License-Identifier: Apache-2.0
package dev.guarded.benchmarks.peer;

import java.util.Optional;
import java.util.function.Supplier;
import redis.clients.jedis.ConnectionPoolConfig;
import redis.clients.jedis.RedisClient;

/** What the peers that poll have in common. */
final class Polling {

    private static final int PAUSE_MILLIS = 50;
    private static final int CONNECTIONS = 32;

    private Polling() {}

    static RedisClient pool(int port) {
        ConnectionPoolConfig config = new ConnectionPoolConfig();
        config.setMaxTotal(CONNECTIONS);
        config.setMaxIdle(CONNECTIONS);
        return RedisClient.builder()
                .hostAndPort("127.0.0.1", port)
                .clientConfig(RawConnection.PATIENT)
                .poolConfig(config)
                .build();
    }

    /** Makes a lock that waits of one that only tries. */
    static PeerLock every50ms(Supplier<Optional<PeerLock.Held>> attempt) {
        return () -> {
            while (true) {
                Optional<PeerLock.Held> granted = attempt.get();
                if (granted.isPresent()) {
                    return granted.get();
                }
                Thread.sleep(PAUSE_MILLIS);
            }
        };
    }
}
