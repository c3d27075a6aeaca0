// SPDX-License-Identifier: Apache-2.0
package dev.guarded.benchmarks.peer;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import net.javacrumbs.shedlock.core.LockConfiguration;
import net.javacrumbs.shedlock.core.LockProvider;
import net.javacrumbs.shedlock.provider.redis.support.InternalRedisLockProvider;
import net.javacrumbs.shedlock.provider.redis.support.InternalRedisLockTemplate;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.params.SetParams;

/**
 * ShedLock, which does not wait, asked again every 50 ms. There is no provider of this version for Jedis: its part for
 * all Redis clients over a Jedis pool is what that provider would be.
 */
final class ShedLockPeer implements Peer {

    private static final Duration LEASE = Duration.ofSeconds(30);

    private final RedisClient client;
    private final LockProvider provider;

    ShedLockPeer(int port) {
        client = Polling.pool(port);
        provider = new InternalRedisLockProvider(new JedisTemplate(client), "bench", "shedlock", true);
    }

    @Override
    public PeerLock lock(String lockName) {
        return Polling.every50ms(
                () -> provider.lock(new LockConfiguration(Instant.now(), lockName, LEASE, Duration.ZERO))
                        .map(granted -> (PeerLock.Held) granted::unlock));
    }

    @Override
    public void close() {
        client.close();
    }

    private record JedisTemplate(RedisClient client) implements InternalRedisLockTemplate {

        @Override
        public boolean setIfAbsent(String key, String value, long expirationMs) {
            return client.set(key, value, SetParams.setParams().nx().px(expirationMs)) != null;
        }

        @Override
        public boolean setIfPresent(String key, String value, long expirationMs) {
            return client.set(key, value, SetParams.setParams().xx().px(expirationMs)) != null;
        }

        @Override
        public Object eval(String script, String key, String... values) {
            return client.eval(script, List.of(key), List.of(values));
        }

        @Override
        public void delete(String key) {
            client.del(key);
        }
    }
}
