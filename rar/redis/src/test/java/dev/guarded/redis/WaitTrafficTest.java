// SPDX-License-Identifier: Apache-2.0
package dev.guarded.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.guarded.core.CloseableLockManager;
import dev.guarded.core.EngineSettings;
import dev.guarded.lock.Lease;
import dev.guarded.lock.LockSettings;
import dev.guarded.lock.NamedLock;
import dev.guarded.testkit.Proves;
import dev.guarded.testkit.RealRedis;
import dev.guarded.testkit.ServerMonitor;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the server is sent while somebody waits, by the server's own MONITOR. */
class WaitTrafficTest {

    private static final Duration LEASE = Duration.ofSeconds(3);
    private static final int HOLD_SECONDS = Integer.getInteger("guarded.load.wait", 6);
    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final int MANY = 40;
    /** What acquire.lua is asked for begins with its mode. */
    private static final Pattern SIGN_OF_LIFE = Pattern.compile(" \"R[^\"a-z]*\" ");

    private final RealRedis redis = RealRedis.open();
    private final CloseableLockManager holding = node("holding");
    private final CloseableLockManager waiting = node("waiting");
    private final ExecutorService threads = Executors.newCachedThreadPool();

    private CloseableLockManager node(String name) {
        return RedisLockManagers.open(redis.uri(), EngineSettings.defaults(name), "traffic");
    }

    @BeforeEach
    void connectBoth() {
        // Both have connected, subscribed and loaded their scripts before anything is counted.
        for (CloseableLockManager node : List.of(holding, waiting)) {
            try (Lease lease = node.acquire("warm-up", TIMEOUT)) {
                lease.renew();
            }
        }
    }

    @AfterEach
    void close() {
        threads.shutdownNow();
        waiting.close();
        holding.close();
        redis.close();
    }

    @Test
    @Proves({"H6", "law 6", "law 9"})
    void aLongWaitCostsThreeCommandsBesideItsSignsOfLifeAndEndsWithTheHold() {
        Lease held = lock(holding).acquire(TIMEOUT);
        String holder = tokenOfTheHolder();
        try (ServerMonitor monitor = ServerMonitor.of(redis)) {
            CompletableFuture<Lease> waiter =
                    CompletableFuture.supplyAsync(() -> lock(waiting).acquire(TIMEOUT), threads);
            letPass(Duration.ofSeconds(HOLD_SECONDS));
            assertThat(waiter).isNotDone();
            held.close();
            long released = System.nanoTime();
            Lease granted =
                    waiter.orTimeout(TIMEOUT.toSeconds(), TimeUnit.SECONDS).join();
            assertThat(Duration.ofNanos(System.nanoTime() - released)).isLessThan(LEASE.dividedBy(3));
            granted.renew(); // whatever was to be said about the grant has been said before it
            List<String> sent = monitor.sinceLastAsked().stream()
                    .filter(line -> !line.contains(holder))
                    // A node's heartbeat, whether or not anybody waits.
                    .filter(line -> !line.contains("\"PING\""))
                    .toList();
            long signsOfLife = sent.stream()
                    .filter(line -> SIGN_OF_LIFE.matcher(line).find())
                    .count();
            // One in a third of the lease time, which is a second.
            assertThat(signsOfLife).isBetween(HOLD_SECONDS - 2L, HOLD_SECONDS + 1L);
            assertThat(sent.size() - signsOfLife - 1)
                    .as("beside them, of %s", sent)
                    .isBetween(1L, 3L);
        }
    }

    @Test
    @Proves({"#13", "law 10"})
    void aReleaseWakesOneWaiterOfANodeHoweverManyThereAre() {
        Lease held = lock(holding).acquire(TIMEOUT);
        String holder = tokenOfTheHolder();
        CountDownLatch enough = new CountDownLatch(1);
        List<CompletableFuture<Boolean>> waiters = new ArrayList<>();
        for (int i = 0; i < MANY; i++) {
            waiters.add(CompletableFuture.supplyAsync(
                    () -> {
                        try (Lease lease = lock(waiting).acquire(TIMEOUT)) {
                            return await(enough, TIMEOUT) && lease.isHeld();
                        }
                    },
                    threads));
        }
        Awaitility.await().until(() -> lock(waiting).status().waiters() >= MANY);
        try (ServerMonitor monitor = ServerMonitor.of(redis)) {
            held.close();
            Awaitility.await()
                    .until(() -> String.valueOf(redis.command("GET", key('l'))), value -> !value.contains(holder));
            letPass(Duration.ofMillis(300));
            // The release, a renewal of each side's, and a sign of life if it was due.
            assertThat(sent(monitor)).hasSizeBetween(1, 4);
            enough.countDown();
            waiters.forEach(waiter ->
                    assertThat(waiter.orTimeout(30, TimeUnit.SECONDS).join()).isTrue());
            // From hand to hand within the node: the last release, and a renewal a second.
            assertThat(sent(monitor)).hasSizeBetween(1, MANY / 4);
        }
    }

    /** Returns what was sent since the last time, but for what the test itself asks. */
    private static List<String> sent(ServerMonitor monitor) {
        return monitor.sinceLastAsked().stream()
                .filter(line -> !line.contains("\"GET\"") && !line.contains("\"PING\""))
                .toList();
    }

    private static NamedLock lock(CloseableLockManager node) {
        return node.getOrCreateLock("order", LockSettings.cluster().leaseTime(LEASE));
    }

    private String tokenOfTheHolder() {
        return String.valueOf(redis.command("GET", key('l'))).replaceFirst("\\..*", ".");
    }

    private static String key(char letter) {
        return new Keys("traffic").all("order").get("lqw".indexOf(letter));
    }

    private static void letPass(Duration time) {
        await(new CountDownLatch(1), time);
    }

    private static boolean await(CountDownLatch latch, Duration longest) {
        try {
            return latch.await(longest.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }
}
