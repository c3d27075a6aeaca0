// SPDX-License-Identifier: Apache-2.0
package dev.guarded.redis;

import static dev.guarded.redis.Lab.ANN;
import static dev.guarded.redis.Lab.BOB;
import static dev.guarded.redis.Lab.CID;
import static dev.guarded.redis.Lab.LEASE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.guarded.core.spi.AcquireCommand.Mode;
import dev.guarded.core.spi.AcquireReply;
import dev.guarded.core.spi.ReleaseReply;
import dev.guarded.testkit.Proves;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Who gets a lock that others wait for. */
class QueueScriptTest {

    private final Lab lab = new Lab();

    @AfterEach
    void close() {
        lab.close();
    }

    @Test
    @Proves("law 10")
    void aReleaseGrantsToTheFirstInTheQueue() {
        AcquireReply.Granted first = lab.granted(Mode.TRY, ANN);
        lab.busy(Mode.QUEUE, BOB);
        lab.busy(Mode.QUEUE, CID);
        assertThat(lab.release(ANN)).isEqualTo(ReleaseReply.RELEASED);
        assertThat(lab.holder()).isEqualTo(BOB);
        assertThat(lab.grant().fence()).isGreaterThan(first.fence());
        assertThat(lab.grant().holder()).isEqualTo("node|app|" + BOB);
        assertThat(lab.queue()).isEqualTo(List.of(CID));
        assertThat(lab.granted(Mode.REFRESH, BOB).contended()).isTrue();
        lab.release(BOB);
        assertThat(lab.granted(Mode.REFRESH, CID).contended()).isFalse();
        assertThat(lab.command("EXISTS", lab.key('q'), lab.key('w'))).isEqualTo(0L);
    }

    @Test
    void eachWaiterIsGrantedItsOwnLeaseTime() {
        lab.granted(Mode.TRY, ANN);
        lab.ask(Mode.QUEUE, BOB, 0, false, Duration.ofMinutes(5));
        lab.release(ANN);
        assertThat(lab.ttl('l')).isGreaterThan(LEASE.toMillis());
        assertThat(lab.ttl('f')).isGreaterThan(Duration.ofMinutes(9).toMillis());
    }

    @ParameterizedTest
    @EnumSource(names = {"TRY", "QUEUE"})
    @Proves("law 10")
    void aFreeLockWithAQueueGoesToItsFirstNotToANewcomer(Mode mode) {
        crashedHolder();
        lab.busy(mode, CID);
        assertThat(lab.holder()).isEqualTo(BOB);
    }

    @Test
    void whoeverFindsTheLockFreeAndIsFirstGetsIt() {
        crashedHolder();
        assertThat(lab.granted(Mode.REFRESH, BOB).fence()).isPositive();
        assertThat(lab.holder()).isEqualTo(BOB);
        assertThat(lab.command("EXISTS", lab.key('q'), lab.key('w'))).isEqualTo(0L);
    }

    @Test
    @Proves({"#30", "law 10"})
    void theDeadAreRemovedOnTheWay() {
        lab.granted(Mode.TRY, ANN);
        lab.busy(Mode.QUEUE, BOB);
        lab.busy(Mode.QUEUE, CID);
        lab.killInQueue(BOB);
        lab.release(ANN);
        assertThat(lab.holder()).isEqualTo(CID);
        assertThat(lab.command("EXISTS", lab.key('q'), lab.key('w'))).isEqualTo(0L);
    }

    @Test
    @Proves({"#30", "law 10"})
    void aQueueOfTheDeadKeepsNobodyOut() {
        crashedHolder();
        lab.killInQueue(BOB);
        assertThat(lab.granted(Mode.TRY, CID).contended()).isFalse();
        assertThat(lab.command("EXISTS", lab.key('q'), lab.key('w'))).isEqualTo(0L);
    }

    @Test
    void anEntryThatCannotBeReadIsDead() {
        crashedHolder();
        lab.command("HSET", lab.key('w'), BOB, "9999999999999:0:1:who");
        assertThat(lab.ask(Mode.TRY, CID)).isInstanceOf(AcquireReply.Granted.class);
    }

    @Test
    void whoCannotHearIsGrantedWithoutAPush() {
        lab.granted(Mode.TRY, ANN);
        lab.ask(Mode.QUEUE, BOB, 0, false, LEASE);
        lab.release(ANN);
        assertThat(lab.holder()).isEqualTo(BOB);
    }

    @Test
    @Proves("#10")
    void whoseReceiverIsSilentKeepsItsPlaceAndTheNextGoesFirst() {
        lab.granted(Mode.TRY, ANN);
        lab.ask(Mode.QUEUE, BOB, 0, true, LEASE);
        lab.ask(Mode.QUEUE, CID, 0, false, LEASE);
        lab.release(ANN);
        assertThat(lab.holder()).isEqualTo(CID);
        assertThat(lab.queue()).isEqualTo(List.of(BOB));
        lab.release(CID);
        assertThat(lab.holder()).isEmpty();
        assertThat(lab.queue()).isEqualTo(List.of(BOB));
        assertThat(lab.ask(Mode.REFRESH, BOB, 0, true, LEASE)).isInstanceOf(AcquireReply.Granted.class);
    }

    @Test
    void aTryMayPassThoseWhoCannotBeReached() {
        lab.granted(Mode.TRY, ANN);
        lab.ask(Mode.QUEUE, BOB, 0, true, LEASE);
        lab.release(ANN);
        assertThat(lab.granted(Mode.TRY, CID).contended()).isTrue();
        assertThat(lab.queue()).isEqualTo(List.of(BOB));
    }

    @Test
    void aQueueThatTheServerThrewAwayIsBuiltAgain() {
        crashedHolder();
        lab.command("DEL", lab.key('q'));
        assertThat(lab.ask(Mode.REFRESH, BOB)).isInstanceOf(AcquireReply.Granted.class);
        assertThat(lab.command("EXISTS", lab.key('q'), lab.key('w'))).isEqualTo(0L);
    }

    /** Ann crashes while Bob waits: the lock is free and its queue is not empty. */
    private void crashedHolder() {
        lab.granted(Mode.TRY, ANN);
        lab.busy(Mode.QUEUE, BOB);
        lab.command("DEL", lab.key('l'));
    }
}
