// SPDX-License-Identifier: Apache-2.0
package dev.guarded.redis;

import static dev.guarded.redis.Lab.ANN;
import static dev.guarded.redis.Lab.BOB;
import static dev.guarded.redis.Lab.CID;
import static org.assertj.core.api.Assertions.assertThat;

import dev.guarded.core.spi.AcquireCommand.Mode;
import dev.guarded.core.spi.AcquireReply;
import dev.guarded.core.spi.HeldToken;
import dev.guarded.core.spi.LockStore;
import dev.guarded.core.spi.ReleaseReply;
import dev.guarded.core.spi.RenewReply;
import dev.guarded.core.spi.StoredLock;
import dev.guarded.testkit.Proves;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What release and renew answer, and that they harm nobody else. */
class ReleaseScriptTest {

    private final Lab lab = new Lab();

    @AfterEach
    void close() {
        lab.close();
    }

    @Test
    @Proves("A12")
    void aReleaseFreesTheLockAndKeepsItsFence() {
        AcquireReply.Granted held = lab.granted(Mode.TRY, ANN);
        assertThat(lab.release(ANN)).isEqualTo(ReleaseReply.RELEASED);
        assertThat(lab.command("EXISTS", lab.key('l'))).isEqualTo(0L);
        assertThat(lab.command("GET", lab.key('f'))).isEqualTo(Long.toString(held.fence()));
    }

    @Test
    @Proves({"A17", "H4", "#22", "law 3", "law 4"})
    void aStaleReleaseChangesNothing() {
        lab.granted(Mode.TRY, ANN);
        lab.release(ANN);
        lab.granted(Mode.TRY, BOB);
        lab.busy(Mode.QUEUE, CID);
        Object before = lab.command("GET", lab.key('l'));
        assertThat(lab.release(ANN)).isEqualTo(ReleaseReply.NOT_OWNER);
        assertThat(lab.command("GET", lab.key('l'))).isEqualTo(before);
        assertThat(lab.queue()).isEqualTo(List.of(CID));
    }

    @Test
    @Proves({"A17", "#22", "law 3"})
    void aTokenThatOnlyBeginsLikeTheHoldersIsNotIt() {
        lab.granted(Mode.TRY, ANN + "0");
        assertThat(lab.release(ANN)).isEqualTo(ReleaseReply.NOT_OWNER);
        assertThat(lab.renew(ANN)).isEqualTo(RenewReply.LOST);
        assertThat(lab.ask(Mode.TRY, ANN)).isInstanceOf(AcquireReply.Busy.class);
    }

    @Test
    @Proves("law 5")
    void aWaitThatIsGivenUpLeavesNothing() {
        lab.granted(Mode.TRY, ANN);
        lab.busy(Mode.QUEUE, BOB);
        assertThat(lab.release(BOB)).isEqualTo(ReleaseReply.CANCELLED);
        assertThat(lab.command("EXISTS", lab.key('q'), lab.key('w'))).isEqualTo(0L);
        assertThat(lab.release(BOB)).isEqualTo(ReleaseReply.NOT_OWNER);
        assertThat(lab.holder()).isEqualTo(ANN);
    }

    @Test
    @Proves("law 5")
    void aWaitThatIsGivenUpTooLateReleasesItsGrant() {
        lab.granted(Mode.TRY, ANN);
        lab.busy(Mode.QUEUE, BOB);
        lab.release(ANN);
        assertThat(lab.release(BOB)).isEqualTo(ReleaseReply.RELEASED);
        assertThat(lab.holder()).isEmpty();
    }

    @Test
    void aLockThatIsKeptIsNobodysUntilItsTimeIsOver() {
        AcquireReply.Granted held = lab.granted(Mode.TRY, ANN);
        lab.busy(Mode.QUEUE, BOB);
        assertThat(lab.release(ANN, Duration.ofSeconds(5))).isEqualTo(ReleaseReply.RELEASED);
        assertThat(lab.command("GET", lab.key('l'))).isEqualTo("|" + held.fence() + "|node|app|" + ANN);
        assertThat(lab.ttl('l')).isBetween(3000L, 5000L);
        assertThat(lab.release(ANN)).isEqualTo(ReleaseReply.NOT_OWNER);
        assertThat(lab.renew(ANN)).isEqualTo(RenewReply.LOST);
        AcquireReply.Busy busy = lab.busy(Mode.REFRESH, BOB);
        assertThat(busy.foreign()).isFalse();
        assertThat(busy.ttlMillis()).isBetween(0L, 5000L);
        StoredLock.Grant stored = lab.grant();
        assertThat(lab.store().inspect(Lab.KEY).holders()).hasSize(1);
        assertThat(stored.token()).isEmpty();
        lab.command("DEL", lab.key('l'));
        assertThat(lab.granted(Mode.REFRESH, BOB).fence()).isGreaterThan(held.fence());
    }

    @Test
    @Proves("#22")
    void aRenewalTellsMineFromContendedFromLost() {
        lab.granted(Mode.TRY, ANN);
        lab.command("PEXPIRE", lab.key('l'), "1000");
        assertThat(lab.renew(ANN)).isEqualTo(RenewReply.RENEWED);
        assertThat(lab.ttl('l')).isGreaterThan(25_000L);
        lab.busy(Mode.QUEUE, BOB);
        assertThat(lab.renew(ANN)).isEqualTo(RenewReply.CONTENDED);
        lab.release(ANN);
        assertThat(lab.renew(ANN)).isEqualTo(RenewReply.LOST);
        assertThat(lab.holder()).isEqualTo(BOB);
    }

    @Test
    @Proves({"#38", "law 8"})
    void fiveHundredRenewalsAreOneRequest() {
        int last = LockStore.MOST_RENEWALS - 1;
        List<HeldToken> held = new ArrayList<>();
        for (int i = 0; i <= last; i++) {
            held.add(new HeldToken("many-" + i, ANN));
        }
        lab.command("SET", new Keys(lab.namespace()).lock("many-" + last), ANN + "|1|n|a|t", "PX", "60000");
        lab.renew(ANN);
        long before = scriptsRun();
        List<RenewReply> replies = lab.store().renew(Lab.LEASE, held);
        assertThat(scriptsRun() - before).isOne();
        assertThat(replies).hasSize(LockStore.MOST_RENEWALS);
        assertThat(replies.subList(0, last)).containsOnly(RenewReply.LOST);
        assertThat(replies.get(last)).isEqualTo(RenewReply.RENEWED);
    }

    private long scriptsRun() {
        String statistics = String.valueOf(lab.command("INFO", "commandstats"));
        return statistics
                .lines()
                .filter(line -> line.startsWith("cmdstat_evalsha:") || line.startsWith("cmdstat_eval:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll(".*:calls=(\\d+),.*rejected_calls=.*", "$1")))
                .sum();
    }
}
