// SPDX-License-Identifier: Apache-2.0
package dev.guarded.benchmarks.peer;

import java.time.Duration;
import java.util.function.BiFunction;
import org.redisson.Redisson;
import org.redisson.api.RLock;
import org.redisson.api.RedissonClient;
import org.redisson.client.codec.StringCodec;
import org.redisson.config.Config;

/** Redisson: its lock, or its fair lock, renewed by its watchdog. */
public final class RedissonPeer implements Peer {

    private static final Duration WATCHDOG = Duration.ofSeconds(30);

    private final RedissonClient client;
    private final BiFunction<RedissonClient, String, RLock> kind;

    private RedissonPeer(RedissonClient client, BiFunction<RedissonClient, String, RLock> kind) {
        this.client = client;
        this.kind = kind;
    }

    static RedissonPeer open(int port) {
        return open(port, WATCHDOG);
    }

    static RedissonPeer openFair(int port) {
        return new RedissonPeer(connect(port, WATCHDOG), RedissonClient::getFairLock);
    }

    /**
     * Connects.
     *
     * @param port the port of 127.0.0.1 where Redis is
     * @param lease what the watchdog renews to, every third of it
     */
    public static RedissonPeer open(int port, Duration lease) {
        return new RedissonPeer(connect(port, lease), RedissonClient::getLock);
    }

    private static RedissonClient connect(int port, Duration lease) {
        Config config = new Config();
        config.setCodec(StringCodec.INSTANCE);
        config.setLockWatchdogTimeout(lease.toMillis());
        config.useSingleServer().setAddress("redis://127.0.0.1:" + port);
        return Redisson.create(config);
    }

    @Override
    public PeerLock lock(String lockName) {
        return PeerLock.of(kind.apply(client, "redisson:" + lockName));
    }

    @Override
    public void close() {
        client.shutdown();
    }
}
