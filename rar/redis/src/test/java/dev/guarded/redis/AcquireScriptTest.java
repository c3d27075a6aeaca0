// SPDX-License-Identifier: Apache-2.0
package dev.guarded.redis;

import static dev.guarded.redis.Lab.ANN;
import static dev.guarded.redis.Lab.BOB;
import static dev.guarded.redis.Lab.LEASE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.guarded.core.spi.AcquireCommand.Mode;
import dev.guarded.core.spi.AcquireReply;
import dev.guarded.core.spi.StoredLock;
import dev.guarded.testkit.Proves;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What acquire answers, mode by mode. */
class AcquireScriptTest {

    private final Lab lab = new Lab();

    @AfterEach
    void close() {
        lab.close();
    }

    @ParameterizedTest
    @Proves({"A12", "R5"})
    @EnumSource(names = {"TRY", "QUEUE"})
    void aFreeLockIsGranted(Mode mode) {
        AcquireReply.Granted reply = lab.granted(mode, ANN);
        assertThat(reply.contended()).isFalse();
        assertThat(lab.command("GET", lab.key('l'))).isEqualTo(ANN + "|" + reply.fence() + "|node|app|" + ANN);
        assertThat(lab.command("GET", lab.key('f'))).isEqualTo(Long.toString(reply.fence()));
        assertThat(lab.ttl('l')).isBetween(LEASE.toMillis() - 5000, LEASE.toMillis());
        assertThat(lab.ttl('f')).isBetween(55_000L, 60_000L);
        assertThat(lab.command("EXISTS", lab.key('q'), lab.key('w'))).isEqualTo(0L);
    }

    @Test
    @Proves("#31")
    void theFenceOutlivesALongLeaseTwice() {
        lab.ask(Mode.TRY, ANN, 0, false, Duration.ofMinutes(10));
        assertThat(lab.ttl('f')).isGreaterThan(Duration.ofMinutes(19).toMillis());
    }

    @Test
    void aTryNeverEnqueues() {
        AcquireReply.Granted held = lab.granted(Mode.TRY, ANN);
        AcquireReply.Busy busy = lab.busy(Mode.TRY, BOB);
        assertThat(busy.ttlMillis()).isBetween(LEASE.toMillis() - 5000, LEASE.toMillis());
        assertThat(busy.proof()).isEqualTo(held.fence());
        assertThat(busy.foreign()).isFalse();
        assertThat(lab.command("EXISTS", lab.key('q'), lab.key('w'))).isEqualTo(0L);
    }

    @Test
    void whoQueuesGetsAPlaceForTwoThirdsOfALease() {
        lab.granted(Mode.TRY, ANN);
        assertThat(lab.ask(Mode.QUEUE, BOB)).isInstanceOf(AcquireReply.Busy.class);
        assertThat(lab.queue()).isEqualTo(List.of(BOB));
        assertThat(String.valueOf(lab.command("HGET", lab.key('w'), BOB)))
                .matches("\\d{13}:30000:0:0:node\\|app\\|" + BOB);
        assertThat(lab.ttl('q')).isBetween(15_000L, 20_000L);
        assertThat(lab.ttl('w')).isBetween(15_000L, 20_000L);
    }

    @Test
    @Proves({"#1", "law 4"})
    void queueingAgainKeepsTheOnePlace() {
        lab.granted(Mode.TRY, ANN);
        lab.busy(Mode.QUEUE, BOB);
        lab.busy(Mode.QUEUE, BOB);
        assertThat(lab.command("LLEN", lab.key('q'))).isEqualTo(1L);
    }

    @Test
    void aSignOfLifeMovesTheEndOfThePlace() {
        lab.granted(Mode.TRY, ANN);
        lab.busy(Mode.QUEUE, BOB);
        lab.killInQueue(BOB);
        lab.busy(Mode.REFRESH, BOB);
        lab.release(ANN);
        assertThat(lab.holder()).isEqualTo(BOB);
    }

    @Test
    void aSignOfLifeForALostPlaceIsToldSo() {
        lab.granted(Mode.TRY, ANN);
        assertThat(lab.ask(Mode.REFRESH, BOB)).isInstanceOf(AcquireReply.PlaceLost.class);
        assertThat(lab.command("EXISTS", lab.key('q'), lab.key('w'))).isEqualTo(0L);
    }

    @Test
    @Proves("#31")
    void aShorterLeaseDoesNotShortenTheQueue() {
        lab.granted(Mode.TRY, ANN);
        lab.busy(Mode.QUEUE, BOB);
        lab.ask(Mode.QUEUE, Lab.CID, 0, false, Duration.ofSeconds(3));
        assertThat(lab.ttl('q')).isGreaterThan(15_000L);
        assertThat(lab.ttl('w')).isGreaterThan(15_000L);
    }

    @ParameterizedTest
    @EnumSource(names = {"TRY", "QUEUE", "REFRESH"})
    @Proves({"H9", "#1", "law 4"})
    void aResentCommandGetsTheSameGrantAndItsFullTime(Mode mode) {
        AcquireReply.Granted first = lab.granted(Mode.QUEUE, ANN);
        lab.command("PEXPIRE", lab.key('l'), "1000");
        AcquireReply.Granted again = lab.granted(mode, ANN);
        assertThat(again.fence()).isEqualTo(first.fence());
        assertThat(lab.ttl('l')).isGreaterThan(25_000L);
        lab.release(ANN);
        assertThat(lab.command("EXISTS", lab.key('l'))).isEqualTo(0L);
    }

    @Test
    void aResentCommandLearnsThatOthersWait() {
        lab.granted(Mode.QUEUE, ANN);
        lab.busy(Mode.QUEUE, BOB);
        assertThat(lab.granted(Mode.QUEUE, ANN).contended()).isTrue();
    }

    @Test
    void aNewFenceIsForTheHolderOnly() {
        AcquireReply.Granted held = lab.granted(Mode.TRY, ANN);
        AcquireReply.Granted next = lab.granted(Mode.FENCE, ANN);
        assertThat(next.fence()).isGreaterThan(held.fence());
        assertThat(lab.grant().fence()).isEqualTo(next.fence());
        assertThat(lab.ask(Mode.FENCE, BOB)).isInstanceOf(AcquireReply.PlaceLost.class);
        lab.release(ANN);
        assertThat(lab.ask(Mode.FENCE, ANN)).isInstanceOf(AcquireReply.PlaceLost.class);
        assertThat(lab.command("EXISTS", lab.key('l'), lab.key('q'))).isEqualTo(0L);
    }

    @Test
    void whatIsInTheStoreCanBeRead() {
        AcquireReply.Granted held = lab.granted(Mode.TRY, ANN);
        lab.busy(Mode.QUEUE, BOB);
        lab.busy(Mode.QUEUE, Lab.CID);
        lab.killInQueue(Lab.CID);
        StoredLock.Grant stored = lab.grant();
        assertThat(stored.token()).isEqualTo(ANN);
        assertThat(stored.holder()).isEqualTo("node|app|" + ANN);
        assertThat(stored.fence()).isEqualTo(held.fence());
        assertThat(lab.store().inspect(Lab.KEY).queued()).isEqualTo(1);
        assertThat(stored.ttlMillis()).isBetween(25_000L, 30_000L);
        assertThat(lab.store().inspect("nobody's")).isEqualTo(new StoredLock(List.of(), 0));
    }
}
