// SPDX-License-Identifier: Apache-2.0
package dev.guarded.connector;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.guarded.lock.Lease;
import dev.guarded.lock.LockManager;
import dev.guarded.lock.LockSettings;
import dev.guarded.lock.LockStoreException;
import dev.guarded.testkit.Loopback;
import dev.guarded.testkit.Proves;
import dev.guarded.testkit.RealRedis;
import jakarta.resource.spi.ResourceAdapterInternalException;
import jakarta.resource.spi.work.HintsContext;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.security.auth.Subject;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ResourceAdapterTest {

    private final TestServer server = new TestServer();
    private final String uri = RealRedis.shared().uri();

    @AfterEach
    void end() {
        server.close();
        assertThat(Engines.open()).as("engines left behind").isZero();
    }

    private LockManager bound(GuardedResourceAdapter adapter, TestPool pool) throws Exception {
        return (LockManager) server.factory(adapter, uri).createConnectionFactory(pool);
    }

    @Test
    @Proves("D1")
    void connectsToNothingBeforeTheFirstAcquisition() throws Exception {
        GuardedResourceAdapter adapter = server.started();
        TestPool pool = new TestPool();
        GuardedManagedConnectionFactory factory = server.factory(adapter, "redis://127.0.0.1:" + Loopback.freePort());

        LockManager locks = (LockManager) factory.createConnectionFactory(pool);

        assertThat(pool.made).isEmpty();
        assertThatThrownBy(() -> locks.acquire("absent", ofMillis(200)))
                .isInstanceOf(LockStoreException.class)
                .hasMessageContaining("redis://127.0.0.1:");
        adapter.stop();
    }

    @Test
    @Proves({"D1", "D2"})
    void lendsALockOverTheServersPool() throws Exception {
        GuardedResourceAdapter adapter = server.started();
        TestPool pool = new TestPool();
        LockManager locks = bound(adapter, pool);

        try (Lease lease = locks.acquire("over-the-pool", ofSeconds(5))) {
            assertThat(lease.isHeld()).isTrue();
        }

        assertThat(pool.made)
                .as("one connection, given back after each command")
                .hasSize(1);
        adapter.stop();
    }

    @Test
    @Proves({"E10", "law 1"})
    void oneConfigurationIsOneEngineWhateverTheNumberOfAdaptersAndLookUps() throws Exception {
        GuardedResourceAdapter first = server.started();
        GuardedResourceAdapter second = server.started();
        GuardedManagedConnectionFactory factory = server.factory(first, uri);
        TestPool pool = new TestPool();
        LockManager one = (LockManager) factory.createConnectionFactory(pool);
        LockManager again = (LockManager) factory.createConnectionFactory(pool);
        LockManager other = bound(second, new TestPool());

        assertThat(again.getOrCreateLock("shared")).isSameAs(one.getOrCreateLock("shared"));
        assertThat(other.getOrCreateLock("shared")).isSameAs(one.getOrCreateLock("shared"));

        first.stop();
        second.stop();
    }

    @Test
    void anotherConfigurationIsAnotherEngine() throws Exception {
        GuardedResourceAdapter adapter = server.started();
        GuardedManagedConnectionFactory renamed = server.factory(adapter, uri);
        renamed.setNamespace("renamed");
        LockManager one = bound(adapter, new TestPool());
        LockManager other = (LockManager) renamed.createConnectionFactory(new TestPool());

        assertThat(other.getOrCreateLock("apart")).isNotSameAs(one.getOrCreateLock("apart"));

        adapter.stop();
    }

    @Test
    void whatTwoAdaptersShareOutlivesTheOneThatOpenedIt() throws Exception {
        GuardedResourceAdapter opener = server.started();
        GuardedResourceAdapter heir = server.started();
        TestPool openersPool = new TestPool();
        TestPool heirsPool = new TestPool();
        LockManager openers = bound(opener, openersPool);
        openers.listLocks();
        LockManager heirs = bound(heir, heirsPool);
        heirs.listLocks();
        LockSettings shortLived = LockSettings.cluster().leaseTime(ofMillis(600));
        Lease lease = openers.getOrCreateLock("renewed", shortLived).acquire(ofSeconds(5));
        CountDownLatch lost = new CountDownLatch(1);
        lease.onLost(gone -> lost.countDown());

        openersPool.shutDown();
        opener.stop();

        assertThat(lost.await(1500, TimeUnit.MILLISECONDS))
                .as("lost for want of a renewal")
                .isFalse();
        assertThat(lease.isHeld()).isTrue();
        heirs.acquire("over-the-heirs-pool", ofSeconds(5)).close();
        assertThat(heirsPool.made).isNotEmpty();
        lease.release();
        heir.stop();
    }

    @Test
    void aPoolThatTheServerTookAwayIsPassedOverForTheNext() throws Exception {
        GuardedResourceAdapter adapter = server.started();
        TestPool kept = new TestPool();
        TestPool taken = new TestPool();
        LockManager locks = bound(adapter, kept);
        locks.acquire("first-pool", ofSeconds(5)).close();
        bound(adapter, taken).acquire("second-pool", ofSeconds(5)).close();

        taken.shutDown();

        locks.acquire("first-pool-again", ofSeconds(5)).close();
        assertThat(kept.made).isNotEmpty();
        kept.shutDown();
        assertThatThrownBy(() -> locks.acquire("no-pool", ofMillis(100)))
                .isInstanceOf(LockStoreException.class)
                .hasMessageContaining("shut down");
        adapter.stop();
    }

    @Test
    @Proves({"#23", "law 13"})
    void aStopWakesTheWaitersReleasesTheHoldersAndEndsTheWorks() throws Exception {
        GuardedResourceAdapter adapter = server.started();
        TestPool pool = new TestPool();
        LockManager locks = bound(adapter, pool);
        LockSettings detached = LockSettings.cluster();
        Lease held = locks.getOrCreateLock("held-at-the-stop", detached)
                .acquireAsync(ofSeconds(5))
                .toCompletableFuture()
                .get(10, TimeUnit.SECONDS);
        CompletableFuture<Lease> waiting = locks.getOrCreateLock("held-at-the-stop")
                .acquireAsync(ofSeconds(60))
                .toCompletableFuture();
        // Servers destroy the pool before they stop the adapter.
        pool.shutDown();
        long begin = System.nanoTime();

        adapter.stop();

        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(ofSeconds(5));
        assertThat(held.isHeld()).isFalse();
        assertThatThrownBy(() -> waiting.get(5, TimeUnit.SECONDS)).hasCauseInstanceOf(LockStoreException.class);
        assertThat(RealRedis.shared().command("EXISTS", "guarded:{held-at-the-stop}:l"))
                .isEqualTo(0L);
        assertThat(server.timersCancelled).hasValue(3);
    }

    @Test
    @Proves({"#35", "law 13"})
    void anAdapterThatNobodyUsedLeavesNoTimerBehind() throws Exception {
        GuardedResourceAdapter adapter = server.started();

        adapter.stop();
        adapter.stop();

        assertThat(server.timersCancelled).hasValue(3);
    }

    @Test
    @Proves("law 13")
    void aStartThatFailsSaysSoAndLeavesNoThreadBehind() {
        server.timersLeft.set(2);

        assertThatThrownBy(() -> new GuardedResourceAdapter().start(server))
                .isInstanceOf(ResourceAdapterInternalException.class)
                .hasMessageContaining("GUARDED-0412");

        assertThat(server.timersCancelled).as("of the two that it lent").hasValue(2);
    }

    @Test
    void keeperAndSubscriberLogInAsWhomTheServerPresented() throws Exception {
        try (RealRedis locked = RealRedis.open("--requirepass", "correct-horse")) {
            GuardedResourceAdapter adapter = server.started();
            GuardedManagedConnectionFactory factory = server.factory(adapter, locked.uri());
            Subject subject = Way.subject(factory, "default", "correct-horse");
            LockManager locks = (LockManager) factory.createConnectionFactory(new TestPool().loggingInAs(subject));

            Lease lease = locks.acquire("by-subject", ofSeconds(5));

            // Over the keeper: without the credentials it would throw.
            lease.renew();
            assertThat(server.hints).as("the loop that listens").isNotEmpty();
            lease.release();
            adapter.stop();
        }
    }

    /** Where everybody may come in without a password, nobody would notice that it came in as somebody else. */
    @Test
    @Proves("law 13")
    void whoListensWaitsForTheFirstCallerAndLogsInAsHeDoes() throws Exception {
        try (RealRedis open = RealRedis.open()) {
            open.command("ACL", "SETUSER", "app", "on", ">correct-horse", "+@all", "~*", "&*");
            GuardedResourceAdapter adapter = server.started();
            GuardedManagedConnectionFactory factory = server.factory(adapter, open.uri());
            TestPool pool = new TestPool().loggingInAs(Way.subject(factory, "app", "correct-horse"));

            ((LockManager) factory.createConnectionFactory(pool))
                    .acquire("by-subject", ofSeconds(5))
                    .close();

            Awaitility.await()
                    .untilAsserted(() -> assertThat(open.command("CLIENT", "LIST", "TYPE", "PUBSUB"))
                            .asString()
                            .contains("user=app")
                            .doesNotContain("user=default"));
            adapter.stop();
        }
    }

    @Test
    void marksTheLoopsThatListenAndRenewAsLongRunning() throws Exception {
        GuardedResourceAdapter adapter = server.started();
        bound(adapter, new TestPool()).acquire("listened", ofSeconds(5)).close();

        Awaitility.await().until(() -> server.hints.size() >= 2);
        adapter.stop();

        assertThat(server.hints)
                .map(hint -> ((HintsContext) hint).getHints())
                .allMatch(hints -> Boolean.TRUE.equals(hints.get(HintsContext.LONGRUNNING_HINT)))
                .map(hints -> hints.get(HintsContext.NAME_HINT))
                .containsExactlyInAnyOrder("guarded-inbox", "guarded-renewal");
    }

    @Test
    void takesPartInNoRecovery() throws Exception {
        GuardedResourceAdapter adapter = server.started();

        assertThat(adapter.getXAResources(null)).isEmpty();

        adapter.stop();
    }

    @Test
    void aManagerOfAnAdapterThatWasNotStartedSaysSo() throws Exception {
        GuardedManagedConnectionFactory factory = server.factory(new GuardedResourceAdapter(), uri);
        LockManager locks = (LockManager) factory.createConnectionFactory(new TestPool());

        assertThatThrownBy(() -> locks.acquire("early"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("not started");
    }
}
