// SPDX-License-Identifier: Apache-2.0
package dev.guarded.redis.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.guarded.core.CloseableLockManager;
import dev.guarded.core.EngineSettings;
import dev.guarded.lock.Lease;
import dev.guarded.lock.LockSettings;
import dev.guarded.lock.NamedLock;
import dev.guarded.redis.RedisLockManagers;
import dev.guarded.testkit.Proves;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A JVM that dies without a word while it holds a lock. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class KilledNodeTest {

    private static final int TIMES = 5;
    private static final Duration LEASE = Duration.ofSeconds(1);
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** What a busy machine may add. */
    private static final Duration NOTICE = Duration.ofSeconds(3);

    @Test
    @Proves({"law 1", "law 5", "law 11"})
    void theNextWaiterIsGrantedAfterTheLeaseAndNotBefore() throws Exception {
        Orders orders = new Orders("", Path.of(""), 0, 0, LEASE, 1, 1, List.of(Orders.UNTIL_LOST), 1, Mutant.NONE);
        try (Nodes nodes = new Nodes("killed", 1, orders);
                CloseableLockManager locks = RedisLockManagers.open(
                        nodes.redis().uri(), EngineSettings.defaults("other"), Orders.NAMESPACE)) {
            NamedLock lock = locks.getOrCreateLock(
                    Orders.LOCK + 0, LockSettings.cluster().leaseTime(LEASE));
            for (int time = 0; time < TIMES; time++) {
                Nodes.awaitLine(nodes.journalOf(0), words -> words.get(0).equals("seen"));
                CompletableFuture<Lease> next = lock.acquireAsync(PATIENCE).toCompletableFuture();
                Awaitility.await()
                        .pollInterval(Duration.ofMillis(10))
                        .until(() -> lock.status().waiters() == 1);
                nodes.worker(0).kill();
                long killed = Moments.now();
                Lease lease = next.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
                long granted = Moments.now();
                List<Hold> holds = nodes.history().holds();
                Hold hold = holds.get(holds.size() - 1);
                assertThat(granted).as("granted").isGreaterThanOrEqualTo(hold.deadline());
                assertThat(Duration.ofNanos(granted - killed)).isLessThan(LEASE.plus(NOTICE));
                assertThat(lease.fencingToken()).isGreaterThan(hold.token());
                nodes.respawn(0);
                nodes.awaitReady(0);
                lease.close();
            }
            assertThat(nodes.history().holds()).noneMatch(Hold::wasLost);
        }
    }
}
