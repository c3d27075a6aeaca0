// SPDX-License-Identifier: Apache-2.0
package dev.guarded.benchmarks;

import dev.guarded.benchmarks.measure.RedisMeter;
import dev.guarded.testkit.RealRedis;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.Map;

/** Where and how a run was made. */
final class Surroundings {

    private Surroundings() {}

    static Map<String, String> of(RealRedis redis, Duration took, String... args) {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("command", ("java -jar rar/benchmarks/target/benchmarks.jar " + String.join(" ", args)).strip());
        facts.put("date", LocalDate.now(ZoneOffset.UTC) + ", " + took.toMinutes() + " min");
        facts.put(
                "machine",
                Runtime.getRuntime().availableProcessors() + " cores, " + System.getProperty("os.name") + " on "
                        + System.getProperty("os.arch") + ", all processes and Redis share it");
        facts.put("Java", System.getProperty("java.vm.name") + " " + System.getProperty("java.runtime.version"));
        try (RedisMeter meter = new RedisMeter(redis.port())) {
            facts.put("Redis", meter.version() + ", on 127.0.0.1, without persistence");
        }
        return facts;
    }
}
