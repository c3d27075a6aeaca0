// SPDX-License-Identifier: Apache-2.0
package dev.guarded.redis;

import static dev.guarded.redis.Lab.ANN;
import static dev.guarded.redis.Lab.BOB;
import static dev.guarded.redis.Lab.CID;
import static dev.guarded.redis.Lab.LEASE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.guarded.core.spi.AcquireCommand;
import dev.guarded.core.spi.AcquireCommand.Mode;
import dev.guarded.core.spi.AcquireReply;
import dev.guarded.core.spi.HeldToken;
import dev.guarded.core.spi.ReleaseCommand;
import dev.guarded.core.spi.Sharing;
import dev.guarded.testkit.Proves;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Fences only rise, whatever happens to the data. */
class FenceTest {

    private final Lab lab = new Lab();

    @AfterEach
    void close() {
        lab.close();
    }

    @Test
    @Proves("law 11")
    void eachGrantHasAHigherFence() {
        long last = 0;
        for (int i = 0; i < 100; i++) {
            long fence = lab.granted(Mode.TRY, ANN + i).fence();
            assertThat(fence).isGreaterThan(last);
            last = fence;
            lab.release(ANN + i);
        }
    }

    @Test
    void aFenceIsTheServersTimeInMicroseconds() {
        assertThat(lab.granted(Mode.TRY, ANN).fence()).isBetween(serverMicros() - 10_000_000, serverMicros());
    }

    @Test
    @Proves({"H5", "law 11"})
    void fencesRiseAfterAllDataIsLost() {
        long before = lab.granted(Mode.TRY, ANN).fence();
        lab.command("FLUSHALL");
        assertThat(lab.granted(Mode.TRY, BOB).fence()).isGreaterThan(before);
    }

    @Test
    @Proves({"H15", "#28", "law 11"})
    void aStoredFenceAheadOfTheClockIsCountedOn() {
        long ahead = serverMicros() + 3_600_000_000L;
        lab.command("SET", lab.key('f'), Long.toString(ahead), "PX", "60000");
        assertThat(lab.granted(Mode.TRY, ANN).fence()).isEqualTo(ahead + 1);
        assertThat(lab.busy(Mode.TRY, BOB).proof()).isEqualTo(ahead + 1);
        assertThat(lab.granted(Mode.FENCE, ANN).fence()).isEqualTo(ahead + 2);
    }

    @Test
    @Proves("law 11")
    void theHighestTheClientHasSeenIsAFloor() {
        long seen = serverMicros() + 3_600_000_000L;
        assertThat(fenceOf(lab.ask(Mode.TRY, ANN, seen, false, LEASE))).isEqualTo(seen + 1);
        assertThat(fenceOf(lab.ask(Mode.TRY, ANN, seen + 7, false, LEASE))).isEqualTo(seen + 8);
        lab.busy(Mode.QUEUE, BOB);
        lab.store().release(new ReleaseCommand(Lab.KEY, ANN, seen + 100, Duration.ZERO, false, false));
        assertThat(lab.grant().fence()).isEqualTo(seen + 101);
    }

    @Test
    @Proves("law 11")
    void aLeaseThatSharesItsLockIsAboveTheFloorToo() {
        long seen = serverMicros() + 3_600_000_000L;
        long fence = fenceOf(reading(Mode.TRY, 0));
        assertThat(fenceOf(reading(Mode.TRY, fence))).isEqualTo(fence);
        assertThat(fenceOf(reading(Mode.TRY, seen))).isEqualTo(seen + 1);
        assertThat(fenceOf(reading(Mode.FENCE, 0))).isEqualTo(seen + 2);
        assertThat(lab.grant().fence()).isEqualTo(seen + 2);
    }

    @Test
    void aLateCopyOfItsFirstCommandDoesNotGiveADowngradedLeaseTheLockAlone() {
        long fence = lab.granted(Mode.TRY, ANN).fence();
        lab.store().downgrade(new HeldToken(Lab.KEY, ANN), LEASE, 0);
        lab.ask(Mode.QUEUE, ANN, fence + 1, false, LEASE);
        AcquireCommand other =
                new AcquireCommand(Lab.KEY, BOB, LEASE, 0, Mode.TRY, false, Sharing.READING, "node|app|bob");
        assertThat(lab.store().acquire(other)).isInstanceOf(AcquireReply.Granted.class);
    }

    @Test
    void aPushIsProvedByAFenceAboveTheLastAnswer() {
        lab.granted(Mode.TRY, ANN);
        long proof = lab.busy(Mode.QUEUE, BOB).proof();
        lab.release(ANN);
        assertThat(lab.grant().fence()).isGreaterThan(proof);
    }

    @Test
    void aForgottenFenceIsReplacedByTheTimeAsProof() {
        lab.granted(Mode.TRY, ANN);
        lab.command("DEL", lab.key('f'));
        assertThat(lab.busy(Mode.TRY, BOB).proof()).isBetween(serverMicros() - 10_000_000, serverMicros());
    }

    @ParameterizedTest
    @Proves("law 11")
    @ValueSource(strings = {"abc", "", "1e400", "nan", "-5", "9007199254740992", "99999999999999999999", "0x10", " "})
    void whatIsNoFenceIsReplaced(String forged) {
        lab.command("SET", lab.key('f'), forged, "PX", "60000");
        long fence = lab.granted(Mode.QUEUE, ANN).fence();
        assertThat(fence).isBetween(serverMicros() - 10_000_000, serverMicros());
        lab.command("SET", lab.key('f'), forged, "PX", "60000");
        assertThat(lab.busy(Mode.QUEUE, BOB).proof()).isBetween(1L, serverMicros());
        assertThat(lab.busy(Mode.QUEUE, CID).proof()).isBetween(1L, serverMicros());
        lab.release(ANN);
        assertThat(lab.grant().fence()).isGreaterThan(fence);
    }

    private AcquireReply reading(Mode mode, long floor) {
        return lab.store()
                .acquire(new AcquireCommand(
                        Lab.KEY, ANN, LEASE, floor, mode, false, Sharing.READING, "node|app|reader"));
    }

    private static long fenceOf(AcquireReply reply) {
        return ((AcquireReply.Granted) reply).fence();
    }

    private long serverMicros() {
        List<?> time = (List<?>) lab.command("TIME");
        return Long.parseLong((String) time.get(0)) * 1_000_000 + Long.parseLong((String) time.get(1));
    }
}
