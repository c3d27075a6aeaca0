// SPDX-License-Identifier: Apache-2.0
package dev.guarded.redis;

import static dev.guarded.redis.Lab.ANN;
import static dev.guarded.redis.Lab.BOB;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.guarded.core.spi.AcquireCommand;
import dev.guarded.core.spi.AcquireCommand.Mode;
import dev.guarded.core.spi.AcquireReply;
import dev.guarded.core.spi.HeldToken;
import dev.guarded.core.spi.ReleaseReply;
import dev.guarded.core.spi.RenewReply;
import dev.guarded.core.spi.Sharing;
import dev.guarded.core.spi.StoreFailure;
import dev.guarded.core.spi.StoredLock;
import dev.guarded.testkit.Proves;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What somebody else keeps at a lock's key is left alone. */
class ForeignValueTest {

    private final Lab lab = new Lab();

    @AfterEach
    void close() {
        lab.command("DEL", lab.key('l'), lab.key('q'), lab.key('w'), lab.key('f'));
        lab.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "", "a|b", "aaaa.01", "|", "||", "aaaa.01|x|n|a|t", "token|-1|holder", "tok|12"})
    @Proves("law 16")
    void aStringOfSomebodyElseIsHeldAndForeign(String value) {
        lab.command("SET", lab.key('l'), value);
        assertThat(lab.busy(Mode.TRY, BOB)).matches(AcquireReply.Busy::foreign).matches(busy -> busy.ttlMillis() == -1);
        assertThat(lab.busy(Mode.QUEUE, BOB).foreign()).isTrue();
        assertThat(lab.release(BOB)).isEqualTo(ReleaseReply.CANCELLED);
        assertThat(lab.release(BOB)).isEqualTo(ReleaseReply.NOT_OWNER);
        assertThat(lab.renew(BOB)).isEqualTo(RenewReply.LOST);
        assertThat(lab.store().inspect(Lab.KEY))
                .isEqualTo(new StoredLock(List.of(new StoredLock.Grant("", "", 0, -1)), 0));
        assertThat(lab.command("GET", lab.key('l'))).isEqualTo(value);
        assertThat(lab.ttl('l')).isEqualTo(-1);
    }

    @ParameterizedTest
    @Proves("law 16")
    @EnumSource
    void aValueOfAnotherTypeIsRefusedByItsKey(Mode mode) {
        lab.command("RPUSH", lab.key('l'), "work");
        assertRefused(() -> lab.ask(mode, ANN));
        assertThat(lab.command("EXISTS", lab.key('q'), lab.key('w'), lab.key('f')))
                .isEqualTo(0L);
        assertThat(lab.command("LRANGE", lab.key('l'), "0", "-1")).isEqualTo(List.of("work"));
    }

    @Test
    void releaseAndInspectRefuseItToo() {
        lab.command("RPUSH", lab.key('l'), "work");
        assertRefused(() -> lab.release(ANN));
        assertRefused(() -> lab.store().inspect(Lab.KEY));
        assertThat(lab.command("LLEN", lab.key('l'))).isEqualTo(1L);
    }

    @Test
    @Proves("law 8")
    void anotherTypeDisturbsNoOtherLocksRenewal() {
        lab.granted(Mode.TRY, ANN);
        lab.command("RPUSH", new Keys(lab.namespace()).lock("odd"), "work");
        lab.command("PEXPIRE", new Keys(lab.namespace()).lock("odd"), "60000");
        List<RenewReply> replies =
                lab.store().renew(Lab.LEASE, List.of(new HeldToken("odd", ANN), new HeldToken(Lab.KEY, ANN)));
        assertThat(replies).containsExactly(RenewReply.LOST, RenewReply.RENEWED);
    }

    @ParameterizedTest
    @ValueSource(chars = {'q', 'w', 'f'})
    void anotherTypeBesideTheLockGrantsNothing(char letter) {
        lab.command("RPUSH", lab.key('q'), BOB);
        lab.command("HSET", lab.key('w'), BOB, "9999999999999:30000:0:who");
        lab.command("DEL", lab.key(letter));
        lab.command("SADD", lab.key(letter), "x");
        assertRefused(() -> lab.ask(Mode.QUEUE, ANN));
        assertThat(lab.command("EXISTS", lab.key('l'))).isEqualTo(0L);
    }

    private void assertRefused(Runnable command) {
        assertThatThrownBy(command::run)
                .isInstanceOfSatisfying(
                        StoreFailure.class,
                        refused -> assertThat(refused.retryable()).isFalse())
                .hasMessageContaining("GUARDED-0309")
                .hasMessageContaining(lab.key('l'))
                .hasMessageContaining("WRONGTYPE");
    }

    @Test
    void spoiltShareIsLostAloneAndDisturbsNoOtherRenewal() {
        lab.read(ANN, Duration.ofSeconds(10));
        lab.command("SET", lab.key('x'), "somebody else's", "PX", "60000");
        Duration lease = Duration.ofSeconds(10);
        lab.store().acquire(new AcquireCommand("other", BOB, lease, 0, Mode.TRY, false, Sharing.ALONE, "node|app|bob"));
        List<RenewReply> replies =
                lab.store().renew(lease, List.of(new HeldToken(Lab.KEY, ANN), new HeldToken("other", BOB)));
        assertThat(replies).containsExactly(RenewReply.LOST, RenewReply.RENEWED);
        lab.command("DEL", lab.key('x'), lab.key('s'));
    }
}
