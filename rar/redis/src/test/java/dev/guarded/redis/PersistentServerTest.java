// SPDX-License-Identifier: Apache-2.0
package dev.guarded.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.guarded.core.CloseableLockManager;
import dev.guarded.core.EngineSettings;
import dev.guarded.lock.Lease;
import dev.guarded.lock.LeaseLostException;
import dev.guarded.lock.LockSettings;
import dev.guarded.lock.NamedLock;
import dev.guarded.lock.ReleaseOutcome;
import dev.guarded.testkit.Proves;
import dev.guarded.testkit.RealRedis;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A server that writes down what it does before it answers forgets no lock when it dies. */
class PersistentServerTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Duration LEASE = Duration.ofSeconds(5);

    private final RealRedis redis = RealRedis.open("--appendonly", "yes", "--appendfsync", "always");
    private final CloseableLockManager one = open("one");
    private final CloseableLockManager two = open("two");

    @AfterEach
    void close() {
        one.close();
        two.close();
        redis.close();
    }

    @Test
    @Proves({"law 1", "law 8", "law 11"})
    void aLeaseOutlivesTheServersDeath() {
        Lease lease = lock(one).acquire(PATIENCE);
        List<LeaseLostException> losses = new CopyOnWriteArrayList<>();
        lease.onLost(losses::add);
        for (int time = 0; time < 3; time++) {
            redis.restart();
            assertThat(lock(two).tryAcquire()).isEmpty();
            Awaitility.await().ignoreExceptions().untilAsserted(lease::renew);
        }
        assertThat(losses).isEmpty();
        assertThat(lease.release()).isEqualTo(ReleaseOutcome.RELEASED);
        assertThat(lock(two).acquire(PATIENCE).fencingToken()).isGreaterThan(lease.fencingToken());
    }

    private CloseableLockManager open(String name) {
        return RedisLockManagers.open(redis.uri(), EngineSettings.defaults(name), "persistent");
    }

    private static NamedLock lock(CloseableLockManager node) {
        return node.getOrCreateLock("orders", LockSettings.cluster().leaseTime(LEASE));
    }
}
