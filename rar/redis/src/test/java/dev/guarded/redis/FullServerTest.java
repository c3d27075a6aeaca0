// SPDX-License-Identifier: Apache-2.0
package dev.guarded.redis;

import static dev.guarded.redis.Lab.ANN;
import static dev.guarded.redis.Lab.BOB;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.guarded.core.spi.AcquireCommand.Mode;
import dev.guarded.core.spi.ReleaseReply;
import dev.guarded.core.spi.RenewReply;
import dev.guarded.core.spi.StoreFailure;
import dev.guarded.testkit.Proves;
import dev.guarded.testkit.RealRedis;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A server that has no memory left takes no new lock, and lets go of none. */
class FullServerTest {

    private final RealRedis redis = RealRedis.open();
    private final Lab lab = new Lab(redis);

    @AfterEach
    void close() {
        lab.close();
        redis.close();
    }

    @Test
    @Proves("law 5")
    void anAcquisitionIsRefusedForNowAndLeavesNothing() {
        fill();
        for (Mode mode : new Mode[] {Mode.TRY, Mode.QUEUE}) {
            assertRefused(mode);
        }
        assertThat(lab.command("EXISTS", lab.key('l'), lab.key('q'), lab.key('w'), lab.key('f')))
                .isEqualTo(0L);
    }

    @Test
    @Proves("law 8")
    void renewalAndReleaseStillWork() {
        lab.granted(Mode.TRY, ANN);
        lab.command("PEXPIRE", lab.key('l'), "2000");
        fill();
        assertThat(lab.renew(ANN)).isEqualTo(RenewReply.RENEWED);
        assertThat(lab.ttl('l')).isGreaterThan(25_000L);
        assertThat(lab.granted(Mode.QUEUE, ANN).contended()).isFalse();
        assertThat(lab.release(ANN)).isEqualTo(ReleaseReply.RELEASED);
        assertThat(lab.holder()).isEmpty();
    }

    @Test
    @Proves("law 8")
    void aReleaseStillHandsOver() {
        lab.granted(Mode.TRY, ANN);
        lab.busy(Mode.QUEUE, BOB);
        fill();
        assertThat(lab.release(ANN)).isEqualTo(ReleaseReply.RELEASED);
        assertThat(lab.holder()).isEqualTo(BOB);
    }

    @Test
    void aReleaseStillKeepsTheLockTaken() {
        lab.granted(Mode.TRY, ANN);
        fill();
        assertThat(lab.release(ANN, Duration.ofSeconds(5))).isEqualTo(ReleaseReply.RELEASED);
        assertThat(lab.store().inspect(Lab.KEY).holders()).isNotEmpty();
    }

    @Test
    void aWaitCanStillBeGivenUp() {
        lab.granted(Mode.TRY, ANN);
        lab.busy(Mode.QUEUE, BOB);
        fill();
        assertThat(lab.release(BOB)).isEqualTo(ReleaseReply.CANCELLED);
    }

    /** Its share ends before that of the other reader, so nothing of the lock has to be extended but the share itself. */
    @Test
    @Proves("law 8")
    void renewalOfAReaderBesideALongerOneStillWorks() {
        lab.read(ANN, Duration.ofSeconds(10));
        lab.read(BOB, Duration.ofSeconds(60));
        fill();
        assertThat(lab.renew(Duration.ofSeconds(10), ANN)).containsExactly(RenewReply.RENEWED);
        assertThat(lab.ttl('l')).isGreaterThan(50_000L);
    }

    private void fill() {
        lab.command("CONFIG", "SET", "maxmemory", "1");
    }

    private void assertRefused(Mode mode) {
        assertThatThrownBy(() -> lab.ask(mode, ANN))
                .isInstanceOfSatisfying(
                        StoreFailure.class,
                        refused -> assertThat(refused.retryable()).isTrue())
                .hasMessageContaining("OOM");
    }
}
