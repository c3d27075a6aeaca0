// SPDX-License-Identifier: Apache-2.0
package dev.guarded.benchmarks.scenario;

import dev.guarded.benchmarks.measure.Comparison;
import dev.guarded.benchmarks.measure.Measurements;
import dev.guarded.benchmarks.measure.RedisMeter;
import dev.guarded.benchmarks.measure.Rounds;
import dev.guarded.benchmarks.measure.Target;
import dev.guarded.benchmarks.measure.Target.Bound;
import dev.guarded.benchmarks.peer.PeerKind;
import dev.guarded.benchmarks.peer.PeerLock;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** S1: one thread acquires and releases a lock that nobody else wants. */
final class Uncontended implements Scenario {

    private static final List<PeerKind> KINDS = List.of(
            PeerKind.FLOOR,
            PeerKind.GUARDED,
            PeerKind.REDISSON,
            PeerKind.SPRING,
            PeerKind.SHEDLOCK,
            PeerKind.SEED,
            PeerKind.JDK);

    private static final int CYCLES = 500;

    @Override
    public String id() {
        return "S1";
    }

    @Override
    public String title() {
        return "one thread, uncontended cycle";
    }

    @Override
    public Outcome run(Site site) throws Exception {
        try (OpenPeers peers = OpenPeers.on(site, KINDS);
                RedisMeter meter = new RedisMeter(site.port())) {
            int cycles = site.count(CYCLES);
            Rounds rounds = new Rounds(id(), site.progress());
            for (PeerKind kind : KINDS) {
                PeerLock lock = peers.of(kind).lock(site.freshName(id()));
                rounds.with(kind.title(), () -> cycles(lock, cycles, meter));
            }
            return outcome(rounds.run(site.rounds(25), site.rounds(40)));
        }
    }

    static Map<String, Double> cycles(PeerLock lock, int cycles, RedisMeter meter) throws InterruptedException {
        RedisMeter.Count before = meter.read();
        double nanos = nanosOf(lock, cycles);
        RedisMeter.Count used = meter.read().since(before);
        return Map.of(
                "time", nanos / cycles,
                "commands", used.commands() / (double) cycles,
                "cpu", used.cpuMicros() / (double) cycles);
    }

    static long nanosOf(PeerLock lock, int cycles) throws InterruptedException {
        long begin = System.nanoTime();
        for (int i = 0; i < cycles; i++) {
            lock.acquire().release();
        }
        return System.nanoTime() - begin;
    }

    private Outcome outcome(Measurements measured) {
        String floor = PeerKind.FLOOR.title();
        return new Outcome(
                List.of(
                        Target.atMost(
                                id(), "engine, x floor", 1.15, measured.ratio("time", PeerKind.GUARDED.title(), floor)),
                        new Target(
                                id(),
                                "through the JCA pool of a server, x floor there",
                                Bound.AT_MOST,
                                1.3,
                                Optional.empty())),
                List.of(Comparison.of("One thread, uncontended", OpenPeers.titles(KINDS))
                        .over("time, x floor", measured, "time", floor)
                        .with("commands a cycle", measured, "commands")
                        .with("Redis CPU, µs a cycle", measured, "cpu")
                        .build()),
                List.of(
                        "Floor: SET NX PX and EVALSHA compare-and-delete on one Jedis connection. Commands include"
                                + " those that scripts run.",
                        "The second half of S1 needs a running application server; this run has none."));
    }
}
