// SPDX-License-Identifier: Apache-2.0
package dev.guarded.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.guarded.core.spi.Scheduler;
import dev.guarded.core.spi.Surroundings;
import dev.guarded.lock.Lease;
import dev.guarded.lock.NamedLock;
import dev.guarded.lock.Reach;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A server may let whoever hands it a task wait for a thread, and all of its threads may want the same lock. */
class MutexTest {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Cluster cluster = new Cluster();
    private final List<String> blocked = new ArrayList<>();
    private final LockEngine engine = LockEngine.open(
            new EngineSettings("here", Reach.CLUSTER, PATIENCE, Cluster.LEASE, Duration.ofHours(1), 20),
            new MemoryNode(cluster.store),
            new Watched(),
            cluster.time,
            Surroundings.PLAIN);
    private final NamedLock lock = engine.getOrCreateLock("orders");
    private final NamedLock elsewhere = cluster.two.getOrCreateLock("orders");

    @Test
    void stagesThatTimeOutTogetherHandOnTheirTurnsWithoutTheMutex() {
        Lease taken = elsewhere.acquire();
        List<CompletableFuture<Lease>> stages = Stream.generate(
                        () -> lock.acquireAsync(PATIENCE).toCompletableFuture())
                .limit(3)
                .toList();
        cluster.pass(PATIENCE.plusSeconds(1));
        assertThat(stages).allMatch(CompletableFuture::isCompletedExceptionally);
        assertThat(taken.isHeld()).isTrue();
        assertThat(blocked).isEmpty();
    }

    @Test
    void lossIsToldAndTidiedUpWithoutTheMutex() {
        List<String> told = new ArrayList<>();
        Lease lease = lock.acquire();
        lease.onLost(loss -> told.add(loss.lockName()));
        cluster.time.pause(Cluster.LEASE);
        cluster.pass(Duration.ofSeconds(1));
        assertThat(told).containsExactly("orders");
        assertThat(blocked).isEmpty();
    }

    @Test
    void whatIsLeftForAfterwardsIsDoneOnceAndInOrder() {
        Mutex mutex = new Mutex();
        List<String> done = new ArrayList<>();
        mutex.lock();
        mutex.lock();
        mutex.afterwards(() -> done.add("first"));
        mutex.afterwards(() -> done.add("second"));
        mutex.unlock();
        assertThat(done).isEmpty();
        mutex.unlock();
        mutex.afterwards(() -> done.add("at once"));
        mutex.lock();
        mutex.unlock();
        assertThat(done).containsExactly("first", "second", "at once");
    }

    /** The scheduler under manual time, which looks whether somebody else could have the queue while it is handed a task. */
    private final class Watched implements Scheduler {

        @Override
        public void execute(Runnable task) {
            Thread other = new Thread(() -> ((EngineLock) lock).queue().inUse());
            other.start();
            while (other.isAlive() && other.getState() != Thread.State.WAITING) {
                Thread.onSpinWait();
            }
            if (other.isAlive()) {
                blocked.add(task.toString());
            }
            cluster.time.execute(task);
        }

        @Override
        public Scheduled schedule(Runnable task, Duration delay) {
            return cluster.time.schedule(task, delay);
        }

        @Override
        public void runLong(String name, Runnable loop) {
            cluster.time.runLong(name, loop);
        }
    }
}
