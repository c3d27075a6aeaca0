// SPDX-License-Identifier: Apache-2.0
package dev.guarded.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.guarded.core.CloseableLockManager;
import dev.guarded.core.EngineSettings;
import dev.guarded.lock.Lease;
import dev.guarded.lock.LockStoreException;
import dev.guarded.testkit.Faults;
import dev.guarded.testkit.FaultyProxy;
import dev.guarded.testkit.Loopback;
import dev.guarded.testkit.Proves;
import dev.guarded.testkit.RealRedis;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** Lock managers on plain Java. */
class RedisLockManagersTest {

    private static final Duration SOON = Duration.ofSeconds(10);

    private final String name =
            "plain-" + Long.toHexString(ThreadLocalRandom.current().nextLong());

    @Test
    @Proves("D1")
    void openingConnectsToNothing() {
        try (CloseableLockManager locks = RedisLockManagers.open("redis://127.0.0.1:" + Loopback.freePort())) {
            assertThat(locks.listLocks()).isEmpty();
        }
    }

    @Test
    @Proves({"D3", "H20", "R6"})
    void aServerThatIsNotThereIsNamedWithoutItsPassword() {
        int port = Loopback.freePort();
        try (CloseableLockManager locks = RedisLockManagers.open("redis://app:canary@127.0.0.1:" + port)) {
            LockStoreException away =
                    catchThrowableOfType(LockStoreException.class, () -> locks.acquire(name, Duration.ofMillis(50)));
            assertThat(away.retryable()).isTrue();
            assertThat(away.getMessage())
                    .contains("GUARDED-0302", "redis://127.0.0.1:" + port)
                    .doesNotContain("canary");
        }
    }

    @Test
    void aUriThatCannotBeUsedIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RedisLockManagers.open("localhost"))
                .withMessageContaining("GUARDED-0301");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RedisLockManagers.open("redis://h", EngineSettings.defaults("n"), ""))
                .withMessageContaining("GUARDED-0310");
    }

    @Test
    @Proves({"E9", "M14"})
    void twoNamespacesNeverMeet() {
        String uri = RealRedis.shared().uri();
        try (CloseableLockManager one = RedisLockManagers.open(uri, EngineSettings.defaults("a"), "one");
                CloseableLockManager other = RedisLockManagers.open(uri, EngineSettings.defaults("b"), "other");
                CloseableLockManager again = RedisLockManagers.open(uri, EngineSettings.defaults("c"), "one");
                Lease held = one.acquire(name, SOON)) {
            assertThat(held.isHeld()).isTrue();
            other.acquire(name, SOON).close();
            assertThat(again.tryAcquire(name)).isEmpty();
        }
    }

    @Test
    @Proves("law 13")
    void closingEndsEveryThreadAndConnection() {
        Set<Thread> before = guardedThreads();
        try (FaultyProxy proxy = FaultyProxy.to(RealRedis.shared().port())) {
            CloseableLockManager locks = RedisLockManagers.open(proxy.uri());
            Lease lease = locks.acquire(name, SOON);
            lease.renew();
            assertThat(proxy.connections()).isPositive();
            assertThat(guardedThreads()).hasSizeGreaterThan(before.size()).allMatch(Thread::isDaemon);
            locks.close();
            locks.close();
            Awaitility.await().untilAsserted(() -> assertThat(guardedThreads()).isSubsetOf(before));
            Awaitility.await().until(() -> proxy.connections() == 0);
            assertThatThrownBy(() -> locks.acquire(name, SOON)).isInstanceOf(RuntimeException.class);
            assertThat(proxy.connections()).isZero();
        }
    }

    @Test
    @Proves("law 13")
    void closingTakesNoLongerThanFiveSecondsOnASilentLine() {
        try (FaultyProxy proxy = FaultyProxy.to(RealRedis.shared().port())) {
            CloseableLockManager locks = RedisLockManagers.open(proxy.uri());
            Lease lease = locks.acquire(name, SOON);
            proxy.inject(Faults.silence());
            long start = System.nanoTime();
            locks.close();
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
            assertThat(lease.isHeld()).isFalse();
        }
    }

    private static Set<Thread> guardedThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("guarded-"))
                .filter(thread -> !thread.getName().equals("guarded-redis-end"))
                .collect(Collectors.toSet());
    }
}
