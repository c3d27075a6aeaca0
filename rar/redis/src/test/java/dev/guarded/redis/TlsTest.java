// SPDX-License-Identifier: Apache-2.0
package dev.guarded.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.guarded.core.CloseableLockManager;
import dev.guarded.lock.Lease;
import dev.guarded.lock.LockStoreException;
import dev.guarded.testkit.Proves;
import dev.guarded.testkit.RealRedis;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;

/** A server that is reached by {@code rediss://}: who it is counts as much as that nobody listens. */
@ResourceLock(Resources.SYSTEM_PROPERTIES)
class TlsTest {

    private static final String TRUSTED = "javax.net.ssl.trustStore";
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final String PASSWORD = "correct-horse";

    private final RealRedis redis = RealRedis.open("--requirepass", PASSWORD);

    @TempDir
    private Path folder;

    @AfterEach
    void close() {
        System.clearProperty(TRUSTED);
        System.clearProperty(TRUSTED + "Password");
        redis.close();
    }

    private static void trust(Path certificate) {
        System.setProperty(TRUSTED, certificate.toString());
        System.setProperty(TRUSTED + "Password", "changeit");
    }

    private static CloseableLockManager open(TlsDoor door) {
        return RedisLockManagers.open("rediss://default:" + PASSWORD + "@localhost:" + door.port());
    }

    @Test
    @Proves("law 17")
    void aServerThatIsTrustedServesCallersRenewalsAndMessages() throws Exception {
        Path certificate = TlsDoor.certificateFor("localhost", folder);
        trust(certificate);
        try (TlsDoor door = TlsDoor.to(redis.port(), certificate);
                CloseableLockManager one = open(door);
                CloseableLockManager two = open(door)) {
            Lease held = one.acquire("orders", PATIENCE);
            held.renew();
            CompletableFuture<Lease> waiting =
                    two.getOrCreateLock("orders").acquireAsync(PATIENCE).toCompletableFuture();
            Awaitility.await()
                    .until(() -> one.getOrCreateLock("orders").status().waiters() == 1);
            held.close();
            waiting.get(10, TimeUnit.SECONDS).close();
            assertThat(door.heard()).isPositive();
        }
    }

    @Test
    @Proves("law 17")
    void aCertificateForAnotherHostIsRefusedBeforeThePasswordIsSent() throws Exception {
        Path certificate = TlsDoor.certificateFor("elsewhere", folder);
        trust(certificate);
        refused(certificate, "No subject alternative DNS name matching localhost found");
    }

    @Test
    @Proves("law 17")
    void aCertificateThatNobodyVouchesForIsRefusedBeforeThePasswordIsSent() throws Exception {
        trust(TlsDoor.certificateFor("elsewhere", folder));
        refused(TlsDoor.certificateFor("localhost", folder), "unable to find valid certification path");
    }

    private void refused(Path certificate, String why) throws Exception {
        try (TlsDoor door = TlsDoor.to(redis.port(), certificate);
                CloseableLockManager locks = open(door)) {
            LockStoreException refusal =
                    catchThrowableOfType(LockStoreException.class, () -> locks.tryAcquire("orders"));
            assertThat(refusal)
                    .hasMessageContaining("rediss://localhost:" + door.port())
                    .hasMessageContaining(why);
            assertThat(refusal).message().doesNotContain(PASSWORD);
            assertThat(door.heard()).isZero();
        }
    }

    @Test
    void aServerThatSpeaksNoTlsIsToldAsAStoreThatDoesNotAnswer() {
        try (CloseableLockManager locks = RedisLockManagers.open("rediss://localhost:" + redis.port())) {
            assertThatThrownBy(() -> locks.tryAcquire("orders"))
                    .isInstanceOf(LockStoreException.class)
                    .hasMessageContaining("GUARDED-0103");
        }
    }
}
