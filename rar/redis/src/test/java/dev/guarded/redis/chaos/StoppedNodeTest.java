// SPDX-License-Identifier: Apache-2.0
package dev.guarded.redis.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.guarded.core.CloseableLockManager;
import dev.guarded.core.EngineSettings;
import dev.guarded.lock.Lease;
import dev.guarded.lock.LockSettings;
import dev.guarded.lock.NamedLock;
import dev.guarded.lock.ReleaseOutcome;
import dev.guarded.redis.RedisLockManagers;
import dev.guarded.testkit.Proves;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A JVM that stands still while it holds a lock, as in a long garbage collection, and goes on as if nothing had been. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class StoppedNodeTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String LOCK = Orders.LOCK + 0;

    private @Nullable Nodes nodes;

    @AfterEach
    void close() {
        if (nodes != null) {
            nodes.close();
        }
    }

    @Test
    @Proves({"law 1", "law 2", "law 3", "law 7"})
    void anOwnerThatStoodStillBeyondItsLeaseKnowsAtOnceAndHarmsNobody() throws IOException {
        Duration leaseTime = Duration.ofSeconds(1);
        start("stopped-beyond-the-lease", leaseTime);
        try (CloseableLockManager other = other();
                ResourceClient resource = new ResourceClient(nodes.resource())) {
            awaitLine("seen");
            long stopped = Moments.now();
            nodes.worker(0).pause();
            Lease next = lockOn(other, leaseTime).acquire(PATIENCE);
            long granted = Moments.now();
            long version = resource.read(LOCK, next.fencingToken());
            Moments.passUntil(stopped + leaseTime.toNanos() * 3 / 2);
            long resumed = Moments.now();
            nodes.worker(0).resume();
            awaitLine("freed");
            Hold hold = nodes.history().holds().get(0);
            assertThat(granted).as("the next grant").isGreaterThanOrEqualTo(hold.deadline());
            assertThat(hold.seen()).as("the last time it was held").isLessThan(resumed);
            assertThat(hold.over()).as("the first time it was not").isNotEqualTo(Hold.NEVER);
            assertThat(awaitLine("lost")).isNotEmpty();
            assertThat(hold.outcome()).isEqualTo(Hold.NOT_OWNER);
            assertThat(nodes.history().accesses())
                    .filteredOn(History.Access::write)
                    .allSatisfy(late -> assertThat(late.accepted()).isFalse())
                    .isNotEmpty();
            assertThat(next.isHeld()).isTrue();
            next.renew();
            assertThat(resource.write(LOCK, next.fencingToken(), version + 1)).isEqualTo(version + 1);
            assertThat(next.fencingToken()).isGreaterThan(hold.token());
            assertThat(next.release()).isEqualTo(ReleaseOutcome.RELEASED);
        }
    }

    @Test
    @Proves({"law 7", "law 8"})
    void anOwnerThatStandsStillForLessThanALeaseLosesNothing() {
        Duration leaseTime = Duration.ofSeconds(4);
        start("stopped-within-the-lease", leaseTime);
        try (CloseableLockManager other = other()) {
            awaitLine("seen");
            for (int time = 0; time < 3; time++) {
                nodes.worker(0).pause();
                Moments.pass(leaseTime.multipliedBy(3).dividedBy(10));
                nodes.worker(0).resume();
                Moments.pass(leaseTime.dividedBy(2));
            }
            assertThat(lockOn(other, leaseTime).tryAcquire()).isEmpty();
            assertThat(nodes.history().holds()).hasSize(1).allSatisfy(hold -> {
                assertThat(hold.wasLost()).isFalse();
                assertThat(hold.deadline()).isGreaterThan(Moments.now());
            });
        }
    }

    private void start(String run, Duration leaseTime) {
        List<Long> work = List.of(Orders.UNTIL_LOST);
        nodes = new Nodes(run, 1, new Orders("", Path.of(""), 0, 0, leaseTime, 1, 1, work, 1, Mutant.NONE));
    }

    private CloseableLockManager other() {
        return RedisLockManagers.open(nodes.redis().uri(), EngineSettings.defaults("other"), Orders.NAMESPACE);
    }

    private static NamedLock lockOn(CloseableLockManager locks, Duration leaseTime) {
        return locks.getOrCreateLock(LOCK, LockSettings.cluster().leaseTime(leaseTime));
    }

    private List<String> awaitLine(String kind) {
        return Nodes.awaitLine(nodes.journalOf(0), words -> words.get(0).equals(kind));
    }
}
