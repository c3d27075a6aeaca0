// SPDX-License-Identifier: Apache-2.0
package dev.guarded.benchmarks.peer;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.params.SetParams;

/** The algorithm of the Python module that Guarded comes from: SET NX EX, compare and delete, asked every 50 ms. */
final class SeedPeer implements Peer {

    private static final long EXPIRE_SECONDS = 120;

    private final RedisClient client;
    private final String compareAndDelete;

    SeedPeer(int port) {
        client = Polling.pool(port);
        compareAndDelete = client.scriptLoad(RawConnection.COMPARE_AND_DELETE);
    }

    @Override
    public PeerLock lock(String lockName) {
        String key = "seed:" + lockName;
        List<String> keys = List.of(key);
        return Polling.every50ms(() -> {
            String token = UUID.randomUUID().toString();
            if (client.set(key, token, SetParams.setParams().nx().ex(EXPIRE_SECONDS)) == null) {
                return Optional.empty();
            }
            List<String> arguments = List.of(token);
            return Optional.of(() -> client.evalsha(compareAndDelete, keys, arguments));
        });
    }

    @Override
    public void close() {
        client.close();
    }
}
