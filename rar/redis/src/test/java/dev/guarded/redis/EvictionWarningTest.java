// SPDX-License-Identifier: Apache-2.0
package dev.guarded.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.guarded.core.spi.AcquireCommand.Mode;
import dev.guarded.testkit.Proves;
import dev.guarded.testkit.RealRedis;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A server that may throw keys away to make room for others. */
class EvictionWarningTest {

    private static final Logger STORE_LOG = Logger.getLogger("dev.guarded.store");

    private final RealRedis redis = RealRedis.open();
    private final Recorder recorder = new Recorder();

    @BeforeEach
    void listen() {
        STORE_LOG.addHandler(recorder);
    }

    @AfterEach
    void close() {
        STORE_LOG.removeHandler(recorder);
        redis.close();
    }

    @Test
    @Proves("#34")
    void aPolicyThatEvictsIsWarnedOfOnce() {
        redis.command("CONFIG", "SET", "maxmemory", "500mb");
        redis.command("CONFIG", "SET", "maxmemory-policy", "allkeys-lru");
        assertThat(warningsOfTwoAcquisitions())
                .singleElement()
                .asString()
                .contains("GUARDED-0313", redis.uri(), "allkeys-lru", "noeviction");
    }

    @Test
    @Proves("#34")
    void aPolicyThatEvictsWhatHasATimeToLiveIsWarnedOfToo() {
        redis.command("CONFIG", "SET", "maxmemory", "500mb");
        redis.command("CONFIG", "SET", "maxmemory-policy", "volatile-ttl");
        assertThat(warningsOfTwoAcquisitions()).hasSize(1);
    }

    @Test
    void aServerThatEvictsNothingIsFine() {
        redis.command("CONFIG", "SET", "maxmemory", "500mb");
        redis.command("CONFIG", "SET", "maxmemory-policy", "noeviction");
        assertThat(warningsOfTwoAcquisitions()).isEmpty();
    }

    @Test
    void aServerWithoutALimitIsFine() {
        redis.command("CONFIG", "SET", "maxmemory-policy", "allkeys-lru");
        assertThat(warningsOfTwoAcquisitions()).isEmpty();
    }

    private List<String> warningsOfTwoAcquisitions() {
        try (Lab lab = new Lab(redis)) {
            lab.granted(Mode.TRY, Lab.ANN);
            lab.busy(Mode.TRY, Lab.BOB);
        }
        return recorder.warnings;
    }

    private static final class Recorder extends Handler {

        private final List<String> warnings = new ArrayList<>();

        @Override
        public void publish(LogRecord entry) {
            if (entry.getLevel().intValue() >= Level.WARNING.intValue()) {
                warnings.add(entry.getMessage());
            }
        }

        @Override
        public void flush() {
            // Everything is kept in memory.
        }

        @Override
        public void close() {
            // Nothing is open.
        }
    }
}
