// SPDX-License-Identifier: Apache-2.0
package dev.guarded.redis;

import static dev.guarded.redis.Lab.ANN;
import static dev.guarded.redis.Lab.BOB;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.guarded.core.spi.AcquireCommand.Mode;
import dev.guarded.core.spi.RenewReply;
import dev.guarded.core.spi.StoreFailure;
import dev.guarded.testkit.Proves;
import dev.guarded.testkit.RealRedis;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A user with the rights that PROTOCOL.md lists, with fewer, and with none. */
class AccessTest {

    private static final String PASSWORD = "canary-4711";

    private final RealRedis redis = RealRedis.open();
    private final Lab lab = new Lab(redis, redis.uri().replace("://", "://app:" + PASSWORD + "@"));
    private final RecordingInbox inbox = new RecordingInbox();

    @AfterEach
    void close() {
        lab.close();
        redis.close();
    }

    @Test
    @Proves("#44")
    void theListedRightsAreEnough() throws Exception {
        grant(listed());
        lab.store().listen("bbbb", inbox);
        assertThat(inbox.next()).isEqualTo("hearing");
        lab.granted(Mode.TRY, ANN);
        lab.ask(Mode.QUEUE, BOB, 0, true, Lab.LEASE);
        assertThat(lab.renew(ANN)).isEqualTo(RenewReply.CONTENDED);
        assertThat(lab.store().inspect(Lab.KEY).queued()).isEqualTo(1);
        assertThat(lab.store().inspect("guarded.readiness").holders()).isEmpty();
        lab.release(ANN);
        assertThat(inbox.next()).startsWith("granted order:7 to " + BOB);
        assertThat(lab.granted(Mode.REFRESH, BOB).contended()).isFalse();
        assertThat(lab.granted(Mode.FENCE, BOB).fence()).isPositive();
        lab.release(BOB);
        lab.command("HSET", lab.key('w'), BOB, "1:1:0:x");
        lab.command("RPUSH", lab.key('q'), BOB);
        assertThat(lab.granted(Mode.TRY, ANN).contended()).isFalse();
    }

    @Test
    @Proves({"#11", "law 9"})
    void whoMayNotPublishStillHandsOver() throws Exception {
        grant(listed());
        lab.granted(Mode.TRY, ANN);
        assertThat(lab.busy(Mode.QUEUE, BOB).mute()).isFalse();
        grant(listed() + " -publish");
        assertThat(lab.busy(Mode.REFRESH, BOB).mute()).isTrue();
        lab.release(ANN);
        assertThat(lab.holder()).isEqualTo(BOB);
    }

    @Test
    void rightsThatAreTakenAwayAreNoLoss() throws Exception {
        grant(listed());
        lab.granted(Mode.TRY, ANN);
        grant(listed() + " -get -mget");
        assertFinal(() -> lab.renew(ANN));
        assertFinal(() -> lab.release(ANN));
        grant(listed() + " resetkeys");
        assertFinal(() -> lab.renew(ANN));
        grant(listed());
        assertThat(lab.renew(ANN)).isEqualTo(RenewReply.RENEWED);
    }

    @Test
    @Proves({"H20", "law 17"})
    void aWrongPasswordIsFinalAndNeverShown() {
        redis.command("ACL", "SETUSER", "app", "on", ">another", "+@all", "~*", "&*");
        assertFinal(() -> lab.ask(Mode.TRY, ANN));
        StoreFailure refused = catchThrowableOfType(StoreFailure.class, () -> lab.ask(Mode.TRY, ANN));
        StringWriter trace = new StringWriter();
        refused.printStackTrace(new PrintWriter(trace));
        assertThat(trace.toString()).contains("WRONGPASS", redis.uri()).doesNotContain(PASSWORD);
        assertThat(lab.store().address()).isEqualTo(redis.uri());
        redis.command("ACL", "SETUSER", "app", "resetpass", ">" + PASSWORD);
    }

    @Test
    @Proves({"H20", "law 17"})
    void noTextOfAConnectionShowsThePassword() {
        redis.command("ACL", "SETUSER", "app", "on", ">" + PASSWORD, "+@all", "~*", "&*");
        RedisTarget target = RedisTarget.parse("redis://app:" + PASSWORD + "@127.0.0.1:" + redis.port());
        try (PhysicalConnection connection = PhysicalConnection.open(target)) {
            assertThat(connection.ping()).isTrue();
            assertThat(List.of(connection.toString(), target.toString(), target.address()))
                    .allSatisfy(text -> assertThat(text).doesNotContain(PASSWORD));
        }
    }

    private static void assertFinal(Runnable command) {
        assertThatThrownBy(command::run)
                .isInstanceOfSatisfying(
                        StoreFailure.class,
                        refused -> assertThat(refused.retryable()).isFalse());
    }

    private void grant(String rights) {
        List<String> words = new ArrayList<>(List.of("ACL", "SETUSER", "app", "reset", "on", ">" + PASSWORD));
        words.addAll(List.of(rights.split("\\s+")));
        redis.command(words.toArray(String[]::new));
    }

    /** Reads the rights where the operator does. */
    private String listed() throws Exception {
        return Files.readString(Path.of("PROTOCOL.md"))
                .lines()
                .filter(line -> line.startsWith("ACL SETUSER guarded on"))
                .findFirst()
                .orElseThrow()
                .replaceFirst("ACL SETUSER guarded on >secret ", "")
                .replace("guarded:", lab.namespace() + ":");
    }
}
