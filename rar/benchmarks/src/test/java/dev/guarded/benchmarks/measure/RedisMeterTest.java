// SPDX-License-Identifier: Apache-2.0
package dev.guarded.benchmarks.measure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.guarded.testkit.RealRedis;
import dev.guarded.testkit.RespConnection;
import org.junit.jupiter.api.Test;

class RedisMeterTest {

    private final RealRedis redis = RealRedis.shared();

    @Test
    void whatScriptsRunCountsAsCommandsButNotAsRequests() {
        try (RedisMeter meter = new RedisMeter(redis.port());
                RespConnection client = RespConnection.to(redis.port())) {
            RedisMeter.Count before = meter.read();
            client.command("EVAL", "redis.call('GET', KEYS[1]) return redis.call('GET', KEYS[1])", "1", "meter");
            client.command("GET", "meter");
            RedisMeter.Count used = meter.read().since(before);

            assertThat(used.commands()).isEqualTo(4);
            assertThat(used.scripts()).isEqualTo(1);
            assertThat(used.requests()).isEqualTo(2);
        }
    }

    @Test
    void lookingTwiceCountsNothing() {
        try (RedisMeter meter = new RedisMeter(redis.port())) {
            RedisMeter.Count before = meter.read();
            RedisMeter.Count used = meter.read().since(before);

            assertThat(used.commands()).isZero();
            assertThat(used.requests()).isZero();
        }
    }
}
