// SPDX-License-Identifier: Apache-2.0
package dev.guarded.benchmarks.scenario;

import dev.guarded.benchmarks.measure.Comparison;
import dev.guarded.benchmarks.measure.Measurements;
import dev.guarded.benchmarks.measure.RedisMeter;
import dev.guarded.benchmarks.measure.Rounds;
import dev.guarded.benchmarks.measure.Target;
import dev.guarded.benchmarks.peer.GuardedPeer;
import dev.guarded.benchmarks.peer.Peer;
import dev.guarded.benchmarks.peer.PeerKind;
import dev.guarded.benchmarks.peer.PeerLock;
import dev.guarded.benchmarks.peer.RedissonPeer;
import dev.guarded.lock.LockSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;

/** S6: ten thousand leases held and renewed by one JVM. */
final class ManyLeases implements Scenario {

    private static final String GUARDED = PeerKind.GUARDED.title();
    private static final String REDISSON = PeerKind.REDISSON.title();
    private static final String IDLE = "idle server";
    private static final int LEASES = 10_000;
    private static final int PERIODS = 2;
    private static final Duration LEASE = Duration.ofSeconds(12);
    private static final Duration BETWEEN_SAMPLES = Duration.ofMillis(50);
    private static final int KEYS_A_SAMPLE = 200;

    /** The least time to live among keys; a key that is gone has lived too long. */
    private static final String LEAST_PTTL =
            "local least = redis.call('PTTL', KEYS[1]) for i = 2, #KEYS do local left = redis.call('PTTL', KEYS[i])"
                    + " if left < least then least = left end end return least";

    @Override
    public String id() {
        return "S6";
    }

    @Override
    public String title() {
        return "10,000 leases renewed";
    }

    @Override
    public Outcome run(Site site) throws Exception {
        Duration lease = site.slice(LEASE);
        LockSettings settings = LockSettings.cluster().leaseTime(lease);
        try (Peer guarded = GuardedPeer.open(site.port(), "leases", settings);
                Peer redisson = RedissonPeer.open(site.port(), lease);
                RedisMeter meter = new RedisMeter(site.port())) {
            Rounds rounds = new Rounds(id(), site.progress())
                    .with(GUARDED, () -> slice(site, guarded, lease, name -> "leases:{" + name + "}:l", meter))
                    .with(REDISSON, () -> slice(site, redisson, lease, name -> "redisson:" + name, meter))
                    .with(IDLE, () -> Map.of("cpu", periods(lease, meter).cpuMicros() / 1000.0 / PERIODS));
            return outcome(rounds.run(0, site.rounds(3)));
        }
    }

    private Map<String, Double> slice(
            Site site, Peer peer, Duration lease, UnaryOperator<String> keyOf, RedisMeter meter) throws Exception {
        List<String> keys = new ArrayList<>();
        List<PeerLock.Held> held = new ArrayList<>();
        String prefix = site.freshName(id());
        for (int i = 0; i < site.count(LEASES); i++) {
            String name = prefix + "-" + i;
            held.add(peer.lock(name).acquire());
            keys.add(keyOf.apply(name));
        }
        try {
            RedisMeter.Count used = periods(lease, meter);
            double late = latest(keys, lease, meter);
            return Map.of(
                    "requests", used.scripts() / (double) PERIODS,
                    "cpu", used.cpuMicros() / 1000.0 / PERIODS,
                    "late", late);
        } finally {
            held.forEach(PeerLock.Held::release);
        }
    }

    /** Counts over whole renewal periods. */
    private static RedisMeter.Count periods(Duration lease, RedisMeter meter) throws InterruptedException {
        RedisMeter.Count before = meter.read();
        TimeUnit.NANOSECONDS.sleep(lease.dividedBy(3).multipliedBy(PERIODS).toNanos());
        return meter.read().since(before);
    }

    /**
     * Looks at keys for a period and a half. A renewal is due when a third of the lease is over; returns the share of
     * the lease by which the latest one seen was later than that.
     */
    private static double latest(List<String> keys, Duration lease, RedisMeter meter) throws InterruptedException {
        long end = System.nanoTime() + lease.dividedBy(2).toNanos();
        long least = lease.toMillis();
        while (System.nanoTime() - end < 0) {
            List<String> words = new ArrayList<>(List.of("EVAL", LEAST_PTTL, String.valueOf(KEYS_A_SAMPLE)));
            ThreadLocalRandom.current().ints(KEYS_A_SAMPLE, 0, keys.size()).forEach(i -> words.add(keys.get(i)));
            least = Math.min(least, (long) java.util.Objects.requireNonNull(meter.ask(words.toArray(String[]::new))));
            TimeUnit.NANOSECONDS.sleep(BETWEEN_SAMPLES.toNanos());
        }
        return Math.max(0, (lease.toMillis() * 2 / 3.0 - least) / lease.toMillis());
    }

    private Outcome outcome(Measurements measured) {
        return new Outcome(
                List.of(
                        Target.atMost(id(), "requests a period", 25, measured.of("requests", GUARDED)),
                        Target.atMost(id(), "Redis CPU, x Redisson", 0.6, measured.ratio("cpu", GUARDED, REDISSON)),
                        Target.atMost(
                                id(), "latest renewal, share of the lease", 1 / 6.0, measured.of("late", GUARDED))),
                List.of(Comparison.of("10,000 leases", List.of(GUARDED, REDISSON, IDLE))
                        .over("Redis CPU, x Redisson", measured, "cpu", REDISSON)
                        .with("Redis CPU, ms a period", measured, "cpu")
                        .with("requests a period", measured, "requests")
                        .with("latest renewal, share of the lease", measured, "late")
                        .build()),
                List.of(
                        "A lease of 12 s, renewed every 4 s by both. The idle server's own CPU is not taken off. Lateness is"
                                + " read from the keys' time to live, 200 of them every 50 ms."));
    }
}
