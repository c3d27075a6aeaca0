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
import dev.guarded.testkit.Proves;
import dev.guarded.testkit.RealRedis;
import dev.guarded.testkit.RespConnection;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The password is changed on Redis and in the server while locks are held, awaited and asked for. */
class RotationTest {

    private static final String FIRST = "first-password";
    private static final String SECOND = "second-password";
    private static final Duration LEASE = ofMillis(600);
    private static final Duration PATIENCE = ofSeconds(10);

    private final RealRedis redis = RealRedis.open("--user", "operator", "on", "nopass", "+@all", "~*", "&*");
    private final TestServer server = new TestServer();
    private final TestPool pool = new TestPool();
    private GuardedResourceAdapter adapter;
    private GuardedManagedConnectionFactory factory;
    private LockManager locks;
    private Lease held;

    @BeforeEach
    void somebodyHoldsALock() throws Exception {
        operator("ACL", "SETUSER", "default", "resetpass", ">" + FIRST);
        adapter = server.started();
        factory = server.factory(adapter, redis.uri());
        locks = (LockManager) factory.createConnectionFactory(pool);
        serverPresents(FIRST);
        held = locks.getOrCreateLock("held", LockSettings.cluster().leaseTime(LEASE))
                .acquire(PATIENCE)
                .detach();
    }

    @AfterEach
    void end() {
        adapter.stop();
        server.close();
        redis.close();
    }

    private @Nullable Object operator(String... words) {
        try (RespConnection connection = RespConnection.to(redis.port())) {
            connection.command("AUTH", "operator", "any");
            return connection.command(words);
        }
    }

    private void serverPresents(String password) {
        pool.loggingInAs(Way.subject(factory, "default", password));
    }

    private void everyConnectionBreaks() {
        operator("CLIENT", "KILL", "USER", "default");
    }

    private void acquire(String name) {
        locks.acquire(name, PATIENCE).close();
    }

    /** Waits until it would have ended if nobody had renewed it. */
    private void assertThatTheHolderGoesOn() {
        long end = System.nanoTime() + LEASE.toNanos();
        Awaitility.await().pollInterval(ofMillis(20)).until(() -> !held.isHeld() || System.nanoTime() - end > 0);
        assertThat(held.isHeld()).isTrue();
    }

    @Test
    @Proves("law 13")
    void whileRedisTakesBothPasswordsNobodyNoticesTheChange() {
        operator("ACL", "SETUSER", "default", ">" + SECOND);
        acquire("with-the-first");
        serverPresents(SECOND);
        pool.flush();
        int before = pool.made.size();
        acquire("with-the-second");
        assertThat(pool.made).hasSize(before + 1);

        operator("ACL", "SETUSER", "default", "<" + FIRST);
        everyConnectionBreaks();

        acquire("with-the-second-again");
        assertThatTheHolderGoesOn();
        held.renew();
    }

    @ParameterizedTest
    @ValueSource(strings = {"ACL SETUSER default resetpass >", "CONFIG SET requirepass "})
    @Proves("law 13")
    void whoComesWithTheOldOneIsToldAndTheHolderGoesOn(String change) {
        held.renew(); // over a connection of its own, which stays logged in
        operator((change + SECOND).split(" "));
        acquire("over-what-is-logged-in");
        pool.flush();

        assertThatThrownBy(() -> locks.acquire("refused", PATIENCE))
                .isInstanceOfSatisfying(
                        LockStoreException.class,
                        refused -> assertThat(refused.retryable()).isFalse())
                .hasMessageContainingAll("GUARDED-0303", "WRONGPASS")
                .hasMessageNotContaining(FIRST);
        assertThatTheHolderGoesOn();

        serverPresents(SECOND);
        acquire("with-the-second");
        everyConnectionBreaks();
        assertThatTheHolderGoesOn();
        assertThat(held.release()).hasToString("RELEASED");
    }

    @Test
    @Proves({"law 8", "law 13"})
    void aFirstRenewalAfterTheChangeGoesOverWhatIsLoggedIn() {
        operator("ACL", "SETUSER", "default", "resetpass", ">" + SECOND);

        assertThatTheHolderGoesOn();
        assertThat(pool.made).hasSize(1);
    }

    /** Between two callers nobody asks the server for a connection, so nobody hears of the new password. */
    @Test
    @Proves({"law 8", "law 13"})
    void aHolderWhoseConnectionBreaksAsksTheServerForTheNewOne() {
        operator("ACL", "SETUSER", "default", "resetpass", ">" + SECOND);
        serverPresents(SECOND);
        everyConnectionBreaks();

        held.renew();
        assertThatTheHolderGoesOn();
        assertThat(held.release()).hasToString("RELEASED");
    }

    @Test
    void waitersHearOfAReleaseAfterTheChange() throws Exception {
        operator("ACL", "SETUSER", "default", "resetpass", ">" + SECOND);
        serverPresents(SECOND);
        everyConnectionBreaks();
        var waiting = locks.getOrCreateLock("held", LockSettings.cluster().leaseTime(LEASE))
                .acquireAsync(PATIENCE);
        Awaitility.await().until(() -> listening() == 1);

        held.release();

        waiting.toCompletableFuture().get().release();
    }

    private long listening() {
        return String.valueOf(operator("CLIENT", "LIST", "TYPE", "PUBSUB"))
                .lines()
                .filter(line -> line.contains("name=guarded"))
                .count();
    }
}
