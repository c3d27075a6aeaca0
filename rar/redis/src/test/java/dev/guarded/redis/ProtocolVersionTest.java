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
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Two releases in one namespace. */
class ProtocolVersionTest {

    private final Lab lab = new Lab();
    private final String mark = lab.namespace() + ":protocol";
    private final AtomicLong now = new AtomicLong();
    private final ProtocolVersion version = new ProtocolVersion(mark, now::get);
    private final List<List<String>> sent = new ArrayList<>();

    @AfterEach
    void close() {
        lab.close();
    }

    @Test
    @Proves("law 19")
    void theFirstUserMarksTheNamespaceForLongerThanItsLeases() {
        lab.granted(Mode.TRY, ANN);
        assertThat(lab.command("GET", mark)).isEqualTo("1|" + Version.text());
        assertThat((Long) lab.command("PTTL", mark)).isBetween(290_000L, 300_000L);
        lab.ask(Mode.TRY, BOB, 0, false, Duration.ofHours(1));
        assertThat((Long) lab.command("PTTL", mark)).isBetween(7_190_000L, 7_200_000L);
    }

    @Test
    @Proves("law 19")
    void aReleaseThatSpeaksAnotherProtocolIsRefusedAndBothAreNamed() {
        lab.command("SET", mark, "2|9.1.0", "PX", "60000");
        assertThatThrownBy(() -> lab.ask(Mode.TRY, ANN))
                .isInstanceOfSatisfying(
                        StoreFailure.class,
                        refused -> assertThat(refused.retryable()).isFalse())
                .hasMessageContainingAll("GUARDED-0312", "Guarded 9.1.0", "protocol 2", Version.text(), "protocol 1");
        assertThat(lab.command("EXISTS", lab.key('l'), lab.key('q'))).isEqualTo(0L);
        assertThat(lab.command("GET", mark)).isEqualTo("2|9.1.0");
    }

    @Test
    @Proves("law 19")
    void anotherReleaseOfTheSameProtocolIsWelcome() {
        lab.command("SET", mark, "1|9.1.0", "PX", "60000");
        lab.granted(Mode.TRY, ANN);
        assertThat(lab.command("GET", mark)).isEqualTo("1|9.1.0");
        assertThat((Long) lab.command("PTTL", mark)).isGreaterThan(290_000L);
    }

    @Test
    @Proves("law 19")
    void whoHoldsRenewsAndReleasesWhateverTheNamespaceSays() {
        lab.granted(Mode.TRY, ANN);
        lab.command("SET", mark, "2|9.1.0", "PX", "60000");
        assertThat(lab.renew(ANN)).isEqualTo(RenewReply.RENEWED);
        assertThat(lab.release(ANN)).isEqualTo(ReleaseReply.RELEASED);
    }

    @Test
    void agreeingOnceIsEnoughForAThirdOfTheMarksLife() {
        agree(Lab.LEASE);
        now.addAndGet(ProtocolVersion.LIFE.toNanos() / 3 - 1);
        agree(Lab.LEASE);
        assertThat(sent).hasSize(1);
        now.addAndGet(1);
        agree(Lab.LEASE);
        assertThat(sent).hasSize(2);
    }

    @Test
    void aLongerLeaseIsAgreedOnAtOnce() {
        agree(Lab.LEASE);
        agree(Duration.ofHours(1));
        agree(Lab.LEASE);
        assertThat(sent).hasSize(2);
    }

    @Test
    void whoWasRefusedAsksAgain() {
        lab.command("SET", mark, "2|9.1.0", "PX", "60000");
        assertThatThrownBy(() -> agree(Lab.LEASE)).isInstanceOf(StoreFailure.class);
        lab.command("DEL", mark);
        agree(Lab.LEASE);
        assertThat(sent).hasSize(2);
    }

    private void agree(Duration leaseTime) {
        try (PhysicalConnection connection = lab.connect()) {
            version.agree(leaseTime, () -> "here", (script, keys, args) -> {
                sent.add(args);
                return connection.run(script, keys, args);
            });
        }
    }
}
