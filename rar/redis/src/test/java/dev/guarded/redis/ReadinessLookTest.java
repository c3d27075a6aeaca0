// SPDX-License-Identifier: Apache-2.0
package dev.guarded.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.guarded.core.spi.StoreFailure;
import dev.guarded.core.spi.StoredLock;
import dev.guarded.testkit.RealRedis;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A look at the lock that nobody takes, on servers that answer and would let nobody have a lock. */
class ReadinessLookTest {

    private static final String NOBODY_TAKES = "guarded.readiness";

    private final RealRedis redis = RealRedis.open();
    private final Lab lab = new Lab(redis);

    @AfterEach
    void close() {
        lab.close();
        redis.close();
    }

    @Test
    void aFullServerRefusesItAndStillTellsOfOtherLocks() {
        lab.command("CONFIG", "SET", "maxmemory", "1");
        assertRefused("OOM");
        lab.command("CONFIG", "SET", "maxmemory", "0");
        assertAnswered();
    }

    @Test
    void aReplicaRefusesItAndStillTellsOfOtherLocks() {
        try (RealRedis primary = RealRedis.open()) {
            lab.command("REPLICAOF", "127.0.0.1", Integer.toString(primary.port()));
            assertRefused("READONLY");
        }
        lab.command("REPLICAOF", "NO", "ONE");
        assertAnswered();
    }

    @Test
    void itChangesNothing() {
        assertAnswered();
        assertThat(lab.command("DBSIZE")).isEqualTo(0L);
        String taken = new Keys(lab.namespace()).lock(NOBODY_TAKES);
        String value = Lab.ANN + "|17|node|app|thread";
        lab.command("SET", taken, value, "PX", "60000");
        assertThat(look().holders()).extracting(StoredLock.Grant::token).containsExactly(Lab.ANN);
        assertThat(lab.command("GET", taken)).isEqualTo(value);
        assertThat(lab.command("KEYS", "*")).isEqualTo(List.of(taken));
    }

    private StoredLock look() {
        return lab.store().inspect(NOBODY_TAKES);
    }

    private void assertAnswered() {
        assertThat(look().holders()).isEmpty();
    }

    private void assertRefused(String why) {
        assertThatThrownBy(this::look)
                .isInstanceOf(StoreFailure.class)
                .hasMessageContainingAll("GUARDED-0303", redis.uri(), why);
        assertThat(lab.grant().token()).isEmpty();
    }
}
