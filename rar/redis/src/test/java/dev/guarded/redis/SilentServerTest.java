// SPDX-License-Identifier: Apache-2.0
package dev.guarded.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.guarded.core.CloseableLockManager;
import dev.guarded.lock.Lease;
import dev.guarded.lock.LeaseLostException;
import dev.guarded.lock.LockSettings;
import dev.guarded.lock.LockStoreException;
import dev.guarded.lock.NamedLock;
import dev.guarded.testkit.Fault;
import dev.guarded.testkit.Faults;
import dev.guarded.testkit.FaultyProxy;
import dev.guarded.testkit.Proves;
import dev.guarded.testkit.RealRedis;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A server that is there and does not answer: paused, busy with a script, or behind a dead line. */
class SilentServerTest {

    private static final Duration PATIENCE = Duration.ofSeconds(15);
    private static final Duration ONE_COMMAND = Duration.ofMillis(500);
    private static final Duration BUSY_MACHINE = Duration.ofSeconds(3);
    private static final String NAMESPACE = "silent";
    private static final String NAME = "orders";

    private final RealRedis redis = RealRedis.open("--busy-reply-threshold", "200");
    private final FaultyProxy proxy = FaultyProxy.to(redis.port());
    private final CloseableLockManager node = OpenedStores.open(proxy.uri(), NAMESPACE, ONE_COMMAND);
    private final CloseableLockManager other = OpenedStores.open(redis.uri(), NAMESPACE, ONE_COMMAND);

    @AfterEach
    void close() {
        node.close();
        other.close();
        proxy.close();
        redis.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"ALL", "WRITE"})
    @Proves({"law 7", "law 8"})
    void aPauseBeyondTheLeaseEndsItForItsOwnerInTime(String who) {
        Lease lease = lock(node, Duration.ofSeconds(1)).acquire(PATIENCE);
        Loss loss = Loss.of(lease);
        redis.command("CLIENT", "PAUSE", "5000", who);
        if (who.equals("WRITE")) {
            // That readers are answered keeps nobody's lease.
            assertThat(redis.command("PING")).isEqualTo("PONG");
        }
        loss.assertToldInTime();
        assertThat(lock(other, Duration.ofSeconds(1)).acquire(PATIENCE).isHeld())
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"ALL", "WRITE"})
    @Proves("law 8")
    void aPauseWithinTheLeaseCostsNothing(String who) {
        Lease lease = lock(node, Duration.ofSeconds(5)).acquire(PATIENCE);
        redis.command("CLIENT", "PAUSE", "3000", who);
        Awaitility.await().until(() -> lease.remaining().compareTo(Duration.ofSeconds(3)) < 0);
        Awaitility.await().until(() -> lease.remaining().compareTo(Duration.ofSeconds(4)) > 0);
        assertThat(lease.isHeld()).isTrue();
    }

    @Test
    @Proves({"law 7", "law 8"})
    void aScriptThatRunsBeyondTheLeaseEndsItForItsOwnerInTime() {
        Lease lease = lock(node, Duration.ofSeconds(1)).acquire(PATIENCE);
        Loss loss = Loss.of(lease);
        startScript();
        loss.assertToldInTime();
        killScript();
        assertThat(lock(other, Duration.ofSeconds(1)).acquire(PATIENCE).isHeld())
                .isTrue();
    }

    @Test
    @Proves("law 8")
    void aScriptThatRunsWithinTheLeaseCostsNothing() {
        Lease lease = lock(node, Duration.ofSeconds(5)).acquire(PATIENCE);
        startScript();
        // Renewals that are refused meanwhile are repeated until one is answered.
        Awaitility.await().until(() -> lease.remaining().compareTo(Duration.ofSeconds(3)) < 0);
        killScript();
        Awaitility.await().until(() -> lease.remaining().compareTo(Duration.ofSeconds(4)) > 0);
        assertThat(lease.isHeld()).isTrue();
    }

    /** With the time-outs of every day, 2 s, which are longer than what is left of such a lease. */
    @Test
    @Proves("law 8")
    void oneUnansweredRenewalCostsNotEvenAShortLease() {
        try (CloseableLockManager usual = OpenedStores.open(proxy.uri(), NAMESPACE, Duration.ofSeconds(2))) {
            Lease lease = lock(usual, Duration.ofSeconds(2)).acquire(PATIENCE);
            AtomicInteger dropped = new AtomicInteger();
            proxy.inject(new Fault() {
                @Override
                public Fate onRequest(@Nullable Object command) {
                    boolean renewal = String.valueOf(command).contains("EVAL") && dropped.getAndIncrement() == 0;
                    return renewal ? Fate.DROP : Fate.PASS;
                }
            });
            Awaitility.await().until(() -> dropped.get() > 0);
            Awaitility.await().until(() -> lease.remaining().compareTo(Duration.ofMillis(1500)) > 0 || !lease.isHeld());
            assertThat(lease.isHeld()).isTrue();
        }
    }

    @Test
    @Proves({"law 2", "law 6"})
    void whoAsksADeadLineIsToldWithinItsTimeoutAndOneCommand() {
        NamedLock lock = lock(node, Duration.ofSeconds(1));
        lock.acquire(PATIENCE).close();
        proxy.inject(Faults.silence());
        long start = System.nanoTime();
        LockStoreException away =
                catchThrowableOfType(LockStoreException.class, () -> lock.acquire(Duration.ofMillis(800)));
        assertThat(away.retryable()).isTrue();
        assertThat(Duration.ofNanos(System.nanoTime() - start))
                .isBetween(
                        Duration.ofMillis(800),
                        Duration.ofMillis(800).plus(ONE_COMMAND).plus(BUSY_MACHINE));
    }

    @Test
    @Proves({"law 1", "law 7"})
    void aHolderBehindADeadLineIsToldInTimeAndTheLineHeals() {
        NamedLock lock = lock(node, Duration.ofSeconds(1));
        Lease lease = lock.acquire(PATIENCE);
        Loss loss = Loss.of(lease);
        proxy.inject(Faults.silence());
        Lease next = lock(other, Duration.ofSeconds(1)).acquire(PATIENCE);
        assertThat(lease.isHeld()).as("the old lease at the new grant").isFalse();
        loss.assertToldInTime();
        proxy.restore();
        next.close();
        assertThat(lock.acquire(PATIENCE).isHeld()).isTrue();
    }

    @Test
    @Proves({"law 2", "law 5"})
    void aGrantWhoseRepliesAreAllLostIsNoLeaseAndEndsByItself() {
        Duration leaseTime = Duration.ofSeconds(1);
        NamedLock lock = lock(node, leaseTime);
        lock.acquire(PATIENCE).close();
        proxy.inject(Faults.dropReplies());
        assertThatThrownBy(() -> lock.acquire(ONE_COMMAND)).isInstanceOf(LockStoreException.class);
        long failed = System.nanoTime();
        Lease next = lock(other, leaseTime).acquire(PATIENCE);
        assertThat(Duration.ofNanos(System.nanoTime() - failed)).isLessThan(leaseTime.plus(BUSY_MACHINE));
        assertThat(next.isHeld()).isTrue();
    }

    @Test
    @Proves({"law 4", "law 7"})
    void aGrantThatArrivesLateIsShorterByWhatItTookAndNeverOver() {
        Duration delay = Duration.ofMillis(400);
        Duration leaseTime = Duration.ofSeconds(2);
        NamedLock lock = lock(node, leaseTime);
        lock.acquire(PATIENCE).close();
        proxy.inject(Faults.delay(delay));
        for (int time = 0; time < 3; time++) {
            Lease lease = lock.acquire(PATIENCE);
            assertThat(lease.remaining()).isBetween(Duration.ofNanos(1), leaseTime.minus(delay));
            lease.close();
        }
    }

    @Test
    @Proves({"law 4", "law 5", "law 7"})
    void aGrantThatArrivesAfterItsEndIsGivenBackAndNotReturned() {
        Duration leaseTime = Duration.ofMillis(300);
        NamedLock lock = lock(node, leaseTime);
        lock.acquire(PATIENCE).close();
        proxy.inject(Faults.delay(Duration.ofMillis(350)));
        assertThatThrownBy(() -> lock.acquire(Duration.ofMillis(1500))).isInstanceOf(RuntimeException.class);
        proxy.restore();
        assertThat(lock(other, leaseTime).acquire(PATIENCE).isHeld()).isTrue();
    }

    private static NamedLock lock(CloseableLockManager locks, Duration leaseTime) {
        return locks.getOrCreateLock(NAME, LockSettings.cluster().leaseTime(leaseTime));
    }

    /** Keeps the server busy until somebody kills the script. */
    private void startScript() {
        Thread thread = new Thread(() -> {
            try {
                redis.command("EVAL", "while true do end", "0");
            } catch (IllegalStateException killed) {
                assertThat(killed).hasMessageContaining("SCRIPT KILL");
            }
        });
        thread.setDaemon(true);
        thread.start();
    }

    private void killScript() {
        Awaitility.await().ignoreExceptions().until(() -> "OK".equals(redis.command("SCRIPT", "KILL")));
    }

    /** What became of one lease: when it was told as lost, and what it said of itself. */
    private record Loss(Lease lease, CountDownLatch told) {

        static Loss of(Lease lease) {
            CountDownLatch told = new CountDownLatch(1);
            lease.onLost((LeaseLostException loss) -> told.countDown());
            return new Loss(lease, told);
        }

        void assertToldInTime() {
            Duration left = lease.remaining();
            try {
                assertThat(told.await(left.plus(BUSY_MACHINE).toMillis(), TimeUnit.MILLISECONDS))
                        .as("told within " + left)
                        .isTrue();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new AssertionError("the test was interrupted", e);
            }
            assertThat(lease.isHeld()).isFalse();
        }
    }
}
