// SPDX-License-Identifier: Apache-2.0
package dev.guarded.benchmarks.scenario;

import dev.guarded.benchmarks.measure.Comparison;
import dev.guarded.benchmarks.measure.Measurements;
import dev.guarded.benchmarks.measure.RedisMeter;
import dev.guarded.benchmarks.measure.Rounds;
import dev.guarded.benchmarks.measure.Target;
import dev.guarded.benchmarks.node.Twins;
import dev.guarded.benchmarks.peer.PeerKind;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** S5: one JVM holds a lock, two hundred threads of another wait for it; then they may all go through. */
final class ManyWaiters implements Scenario {

    private static final List<PeerKind> KINDS = PeerKind.waiting();

    private static final int WAITERS = 200;
    private static final Duration ARRIVING = Duration.ofSeconds(1);

    /** Longer than the time between two renewals of anybody. */
    private static final Duration IDLE = Duration.ofMillis(10_500);

    /** Who asks every 50 ms shows it sooner. */
    private static final Duration IDLE_OF_POLLERS = Duration.ofSeconds(2);

    @Override
    public String id() {
        return "S5";
    }

    @Override
    public String title() {
        return "200 waiters in another JVM";
    }

    @Override
    public Outcome run(Site site) throws Exception {
        try (RedisMeter meter = new RedisMeter(site.port())) {
            return outcome(drain(site, meter), idle(site, meter));
        }
    }

    private Measurements drain(Site site, RedisMeter meter) throws Exception {
        try (Twins twins = new Twins(site.port(), KINDS)) {
            Rounds rounds = new Rounds(id() + " drain", site.progress());
            for (PeerKind kind : KINDS) {
                rounds.with(kind.title(), () -> slice(site, twins, kind, meter, Duration.ZERO));
            }
            return rounds.run(site.rounds(1), site.rounds(7));
        }
    }

    /** In JVMs of each peer's own: others that are only connected keep their connections alive by commands. */
    private Measurements idle(Site site, RedisMeter meter) throws Exception {
        Rounds rounds = new Rounds(id() + " idle", site.progress());
        for (PeerKind kind : KINDS) {
            Duration window = site.slice(kind.polls() ? IDLE_OF_POLLERS : IDLE);
            rounds.with(kind.title(), () -> {
                try (Twins twins = new Twins(site.port(), List.of(kind))) {
                    return slice(site, twins, kind, meter, window);
                }
            });
        }
        return rounds.run(0, site.rounds(2));
    }

    private Map<String, Double> slice(Site site, Twins twins, PeerKind kind, RedisMeter meter, Duration idle)
            throws Exception {
        int waiters = site.count(WAITERS);
        String lock = kind + " " + site.freshName(id());
        twins.section().reset();
        twins.first("hold " + lock);
        twins.second("wait " + lock + " " + waiters);
        TimeUnit.NANOSECONDS.sleep(site.slice(ARRIVING).toNanos());
        RedisMeter.Count before = meter.read();
        TimeUnit.NANOSECONDS.sleep(idle.toNanos());
        RedisMeter.Count idled = meter.read().since(before);
        RedisMeter.Count atFree = meter.read();
        long freed = Long.parseLong(twins.first("free"));
        long last = Long.parseLong(twins.second("drained"));
        double commands = meter.read().since(atFree).commands();
        twins.section().check(kind.title(), waiters + 1L);
        Map<String, Double> drained = Map.of("drain", (last - freed) / 1e6, "commands", commands / waiters);
        if (idle.isZero()) {
            return drained;
        }
        double seconds = idle.toNanos() / 1e9;
        return Map.of("idle", idled.requests() / seconds, "idle inside", idled.commands() / seconds);
    }

    private Outcome outcome(Measurements drain, Measurements idle) {
        String guarded = PeerKind.GUARDED.title();
        return new Outcome(
                List.of(
                        Target.atMost(id(), "idle, commands sent a second", 0.5, idle.of("idle", guarded)),
                        Target.atLeast(
                                id(),
                                "drain, times faster than Spring",
                                5,
                                drain.ratio("drain", PeerKind.SPRING.title(), guarded)),
                        Target.atMost(id(), "drain, commands a waiter", 0.2, drain.of("commands", guarded))),
                List.of(Comparison.of("200 waiters", OpenPeers.titles(KINDS))
                        .over("drain time, x Guarded", drain, "drain", guarded)
                        .with("drain, ms", drain, "drain")
                        .with("commands a waiter", drain, "commands")
                        .with("idle, commands sent a second", idle, "idle")
                        .with("idle, with those inside scripts", idle, "idle inside")
                        .build()),
                List.of(
                        "The lock is held by one JVM, all waiters are threads of the other. The idle window is longer than a"
                                + " renewal period, so that renewals and refreshes are in it; for it each peer has two JVMs of its own."));
    }
}
