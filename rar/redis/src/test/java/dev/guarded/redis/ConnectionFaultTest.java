// SPDX-License-Identifier: Apache-2.0
package dev.guarded.redis;

import static dev.guarded.redis.Lab.ANN;
import static dev.guarded.redis.Lab.BOB;
import static dev.guarded.redis.Lab.CID;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.guarded.core.CloseableLockManager;
import dev.guarded.core.spi.AcquireCommand.Mode;
import dev.guarded.core.spi.AcquireReply;
import dev.guarded.core.spi.ReleaseReply;
import dev.guarded.core.spi.RenewReply;
import dev.guarded.core.spi.StoreFailure;
import dev.guarded.lock.Lease;
import dev.guarded.lock.LeaseLostException;
import dev.guarded.lock.ReleaseOutcome;
import dev.guarded.testkit.Faults;
import dev.guarded.testkit.FaultyProxy;
import dev.guarded.testkit.Proves;
import dev.guarded.testkit.RealRedis;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the store makes of connections that break and servers that forget. */
class ConnectionFaultTest {

    private final FaultyProxy proxy = FaultyProxy.to(RealRedis.shared().port());
    private final Lab lab = new Lab(RealRedis.shared(), proxy.uri());

    @AfterEach
    void close() {
        lab.close();
        proxy.close();
    }

    /** Sends what comes before the first acquisition, so that the fault hits the acquisition. */
    private void agree() {
        lab.granted(Mode.TRY, CID);
        lab.release(CID);
    }

    @Test
    @Proves({"H9", "#1", "law 4"})
    void aGrantWhoseReplyWasLostIsAskedForAgainAtOnce() {
        agree();
        proxy.inject(Faults.cutAfterRequest(1, "EVALSHA"));
        AcquireReply.Resent resent = (AcquireReply.Resent) lab.ask(Mode.QUEUE, ANN);
        assertThat(proxy.strikes()).isEqualTo(1);
        AcquireReply.Granted granted = (AcquireReply.Granted) resent.reply();
        assertThat(lab.grant().fence()).isEqualTo(granted.fence());
        lab.release(ANN);
        assertThat(lab.command("EXISTS", lab.key('l'), lab.key('q'))).isEqualTo(0L);
    }

    @Test
    @Proves({"C8", "law 4"})
    void aReleaseWhoseReplyWasLostIsNotTakenForALoss() {
        lab.granted(Mode.TRY, ANN);
        proxy.inject(Faults.cutAfterRequest(1, "EVALSHA"));
        assertThat(lab.release(ANN)).isEqualTo(ReleaseReply.RESENT_AND_GONE);
        assertThat(proxy.strikes()).isEqualTo(1);
        assertThat(lab.holder()).isEmpty();
        assertThat(lab.release(ANN)).isEqualTo(ReleaseReply.NOT_OWNER);
    }

    @Test
    @Proves("law 4")
    void whoReleasesIsToldThatItWasReleasedThoughTheReplyWasLost() {
        try (CloseableLockManager locks = RedisLockManagers.open(proxy.uri())) {
            Lease lease = locks.acquire(lab.namespace(), Duration.ofSeconds(10));
            List<LeaseLostException> losses = new CopyOnWriteArrayList<>();
            lease.onLost(losses::add);
            proxy.inject(Faults.cutAfterRequest(1, "EVALSHA"));
            assertThat(lease.release()).isEqualTo(ReleaseOutcome.RELEASED);
            assertThat(proxy.strikes()).isEqualTo(1);
            assertThat(locks.tryAcquire(lease.name())).isPresent();
            assertThat(losses).isEmpty();
        }
    }

    @Test
    void aCommandThatNeverArrivedIsSentAgainAtOnce() {
        agree();
        proxy.inject(Faults.cutBeforeRequest(1, "EVALSHA"));
        assertThat(lab.ask(Mode.TRY, ANN)).isInstanceOf(AcquireReply.Resent.class);
        assertThat(proxy.strikes()).isEqualTo(1);
        assertThat(lab.grant().fence()).isPositive();
    }

    @Test
    void connectionsThatDiedWhileIdleCostNothing() {
        lab.granted(Mode.TRY, ANN);
        lab.renew(ANN);
        proxy.closeAll();
        assertThat(lab.renew(ANN)).isEqualTo(RenewReply.RENEWED);
        assertThat(lab.release(ANN)).isEqualTo(ReleaseReply.RELEASED);
    }

    @Test
    void aServerThatIsAwayIsAskedOnce() {
        lab.granted(Mode.TRY, ANN);
        proxy.cutOff();
        assertThatThrownBy(() -> lab.renew(ANN))
                .isInstanceOfSatisfying(
                        StoreFailure.class, away -> assertThat(away.retryable()).isTrue())
                .hasMessageContaining("GUARDED-0302 redis://127.0.0.1:" + proxy.port());
        proxy.restore();
        assertThat(lab.renew(ANN)).isEqualTo(RenewReply.RENEWED);
    }

    @Test
    @Proves({"#32", "law 6"})
    void aTimeOutIsNotFollowedByAnother() {
        agree();
        proxy.inject(Faults.dropReplies());
        long start = System.nanoTime();
        assertThatThrownBy(() -> lab.ask(Mode.QUEUE, ANN))
                .isInstanceOfSatisfying(
                        StoreFailure.class, late -> assertThat(late.retryable()).isTrue());
        assertThat(Duration.ofNanos(System.nanoTime() - start))
                .isBetween(Duration.ofMillis(1900), Duration.ofMillis(3800));
        proxy.restore();
        // The reply that came too late belongs to nobody: its connection is gone.
        assertThat(lab.granted(Mode.REFRESH, ANN).fence()).isPositive();
        assertThat(lab.busy(Mode.TRY, BOB).foreign()).isFalse();
    }

    @Test
    @Proves("R4")
    void aServerThatForgotItsScriptsIsTaughtThemInTheSameCall() {
        AcquireReply.Granted held = lab.granted(Mode.TRY, ANN);
        lab.command("SCRIPT", "FLUSH");
        assertThat(lab.granted(Mode.QUEUE, ANN).fence()).isEqualTo(held.fence());
        lab.command("SCRIPT", "FLUSH");
        assertThat(lab.renew(ANN)).isEqualTo(RenewReply.RENEWED);
        assertThat(lab.release(ANN)).isEqualTo(ReleaseReply.RELEASED);
        for (Script script : Script.values()) {
            assertThat(script.digest()).hasSize(40);
        }
    }

    @Test
    void aStoreThatWasClosedRefusesEverything() {
        lab.granted(Mode.TRY, ANN);
        lab.renew(ANN);
        lab.store().close();
        assertThatThrownBy(() -> lab.ask(Mode.QUEUE, BOB))
                .isInstanceOf(StoreFailure.class)
                .hasMessageContaining("GUARDED-0304");
        assertThatThrownBy(() -> lab.renew(ANN))
                .isInstanceOf(StoreFailure.class)
                .hasMessageContaining("GUARDED-0304");
        Awaitility.await().atMost(Duration.ofSeconds(5)).until(() -> proxy.connections() == 0);
    }
}
