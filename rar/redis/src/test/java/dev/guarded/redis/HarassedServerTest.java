// SPDX-License-Identifier: Apache-2.0
package dev.guarded.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.guarded.core.CloseableLockManager;
import dev.guarded.core.EngineSettings;
import dev.guarded.lock.Lease;
import dev.guarded.lock.LeaseLostException;
import dev.guarded.lock.LockSettings;
import dev.guarded.lock.LockStoreException;
import dev.guarded.lock.NamedLock;
import dev.guarded.lock.ReleaseOutcome;
import dev.guarded.testkit.Proves;
import dev.guarded.testkit.RealRedis;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A server whose operator does again and again what each connection survives once. */
class HarassedServerTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final int ROUNDS = 60;
    private static final String NAME = "orders";

    private final RealRedis redis = RealRedis.open();
    private final CloseableLockManager one = open("one");
    private final CloseableLockManager two = open("two");
    private final List<LeaseLostException> losses = new CopyOnWriteArrayList<>();
    private final CountDownLatch enough = new CountDownLatch(1);
    private CompletableFuture<?> harassing = CompletableFuture.completedFuture(true);

    @AfterEach
    void close() {
        enough.countDown();
        one.close();
        two.close();
        // A test in which nothing was done to the server proves nothing.
        harassing.join();
        redis.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"SCRIPT FLUSH", "CLIENT KILL TYPE normal", "CLIENT KILL TYPE pubsub"})
    @Proves({"law 1", "law 4", "law 9"})
    void callersNoticeNothing(String command) {
        harass(Duration.ofMillis(50), command.split(" "));
        int[] unguarded = {0};
        List<CompletableFuture<?>> callers = new ArrayList<>();
        for (CloseableLockManager node : List.of(one, two)) {
            callers.add(inAThread(() -> {
                for (int round = 0; round < ROUNDS; round++) {
                    Lease lease = lock(node).acquire(PATIENCE);
                    lease.onLost(losses::add);
                    int before = unguarded[0];
                    Thread.onSpinWait();
                    unguarded[0] = before + 1;
                    assertThat(lease.release()).isEqualTo(ReleaseOutcome.RELEASED);
                }
            }));
        }
        callers.forEach(CompletableFuture::join);
        assertThat(unguarded[0]).isEqualTo(2 * ROUNDS);
        assertThat(losses).isEmpty();
    }

    @Test
    @Proves({"law 8", "law 9"})
    void aLeaseIsRenewedOverConnectionsThatAreCutAllTheTime() throws InterruptedException {
        Lease lease = one.getOrCreateLock(NAME, LockSettings.cluster().leaseTime(Duration.ofSeconds(3)))
                .acquire(PATIENCE);
        lease.onLost(losses::add);
        harass(Duration.ofMillis(50), "CLIENT", "KILL", "TYPE", "normal");
        assertThat(new CountDownLatch(1).await(7, TimeUnit.SECONDS)).isFalse();
        assertThat(losses).isEmpty();
        assertThat(lease.isHeld()).isTrue();
    }

    @Test
    @Proves({"law 9", "law 10"})
    void aWaiterWhoseMessagesAreCutAllTheTimeIsGrantedLongBeforeTheLeaseEnds() {
        harass(Duration.ofMillis(100), "CLIENT", "KILL", "TYPE", "pubsub");
        for (int round = 0; round < 5; round++) {
            Lease held = lock(one).acquire(PATIENCE);
            CompletableFuture<Lease> next = lock(two).acquireAsync(PATIENCE).toCompletableFuture();
            Awaitility.await().until(() -> lock(one).status().waiters() == 1);
            long released = System.nanoTime();
            held.close();
            next.join().close();
            assertThat(Duration.ofNanos(System.nanoTime() - released)).isLessThan(Duration.ofSeconds(10));
        }
    }

    @Test
    @Proves({"law 2", "law 8"})
    void aServerThatTakesNoMoreClientsKeepsTheLocksOfThoseItHas() throws InterruptedException {
        Duration leaseTime = Duration.ofSeconds(3);
        Lease lease = one.getOrCreateLock(NAME, LockSettings.cluster().leaseTime(leaseTime))
                .acquire(PATIENCE);
        lease.renew();
        lease.onLost(losses::add);
        redis.command("CONFIG", "SET", "maxclients", "1");
        assertThatThrownBy(() -> two.acquire("another", Duration.ofMillis(300)))
                .isInstanceOfSatisfying(
                        LockStoreException.class,
                        full -> assertThat(full.retryable()).isTrue());
        assertThat(new CountDownLatch(1).await(2 * leaseTime.toMillis(), TimeUnit.MILLISECONDS))
                .isFalse();
        assertThat(losses).isEmpty();
        assertThat(lease.release()).isEqualTo(ReleaseOutcome.RELEASED);
    }

    @Test
    @Proves({"law 2", "law 8"})
    void aFullServerRenewsAndReleasesAndSaysWhyItGrantsNothing() {
        Lease lease = lock(one).acquire(PATIENCE);
        redis.command("CONFIG", "SET", "maxmemory", "1");
        assertThatThrownBy(() -> two.acquire("another", Duration.ofMillis(300)))
                .isInstanceOfSatisfying(
                        LockStoreException.class,
                        full -> assertThat(full.retryable()).isTrue())
                .hasMessageContaining("OOM");
        lease.renew();
        assertThat(lease.release()).isEqualTo(ReleaseOutcome.RELEASED);
    }

    private CloseableLockManager open(String name) {
        return RedisLockManagers.open(redis.uri(), EngineSettings.defaults(name), "harassed");
    }

    private static NamedLock lock(CloseableLockManager node) {
        return node.getOrCreateLock(NAME);
    }

    private void harass(Duration period, String... command) {
        harassing = inAThread(() -> {
            while (!enough.await(period.toMillis(), TimeUnit.MILLISECONDS)) {
                redis.command(command);
            }
        });
    }

    private interface Body {
        void run() throws InterruptedException;
    }

    private static CompletableFuture<?> inAThread(Body body) {
        CompletableFuture<Boolean> done = new CompletableFuture<>();
        Thread thread = new Thread(() -> {
            try {
                body.run();
                done.complete(true);
            } catch (Exception | AssertionError e) {
                done.completeExceptionally(e);
            }
        });
        thread.setDaemon(true);
        thread.start();
        return done;
    }
}
