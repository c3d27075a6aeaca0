// SPDX-License-Identifier: Apache-2.0
package dev.guarded.benchmarks.peer;

import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import org.springframework.integration.redis.util.RedisLockRegistry;
import org.springframework.integration.redis.util.RedisLockRegistry.RedisLockType;

/** Spring Integration's lock registry with publish and subscribe, over Lettuce as Spring Boot sets it up. */
final class SpringPeer implements Peer {

    private final LettuceConnectionFactory connections;
    private final RedisLockRegistry registry;

    SpringPeer(int port) {
        connections = new LettuceConnectionFactory("127.0.0.1", port);
        connections.afterPropertiesSet();
        connections.start();
        registry = new RedisLockRegistry(connections, "spring");
        registry.setRedisLockType(RedisLockType.PUB_SUB_LOCK);
    }

    @Override
    public PeerLock lock(String lockName) {
        return PeerLock.of(registry.obtain(lockName));
    }

    @Override
    public void close() {
        registry.destroy();
        connections.destroy();
    }
}
