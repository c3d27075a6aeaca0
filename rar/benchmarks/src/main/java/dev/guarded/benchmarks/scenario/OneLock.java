// SPDX-License-Identifier: Apache-2.0
package dev.guarded.benchmarks.scenario;

import dev.guarded.benchmarks.measure.Comparison;
import dev.guarded.benchmarks.measure.Crowd;
import dev.guarded.benchmarks.measure.Measurements;
import dev.guarded.benchmarks.measure.RedisMeter;
import dev.guarded.benchmarks.measure.Rounds;
import dev.guarded.benchmarks.measure.Section;
import dev.guarded.benchmarks.measure.Target;
import dev.guarded.benchmarks.peer.PeerKind;
import dev.guarded.benchmarks.peer.PeerLock;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/** S3: sixteen threads of one JVM want one lock. */
final class OneLock implements Scenario {

    private static final List<PeerKind> KINDS = List.of(
            PeerKind.GUARDED,
            PeerKind.GUARDED_BARGING,
            PeerKind.REDISSON,
            PeerKind.REDISSON_FAIR,
            PeerKind.SPRING,
            PeerKind.SHEDLOCK,
            PeerKind.SEED,
            PeerKind.JDK,
            PeerKind.JDK_FAIR);

    private static final String GUARDED = PeerKind.GUARDED.title();
    private static final String REDISSON = PeerKind.REDISSON.title();
    private static final String JDK = PeerKind.JDK.title();
    private static final String JDK_FAIR = PeerKind.JDK_FAIR.title();
    private static final int THREADS = 16;

    @Override
    public String id() {
        return "S3";
    }

    @Override
    public String title() {
        return "16 threads, one lock, one JVM";
    }

    @Override
    public Outcome run(Site site) throws Exception {
        try (OpenPeers peers = OpenPeers.on(site, KINDS);
                RedisMeter meter = new RedisMeter(site.port())) {
            Rounds empty = new Rounds(id() + " empty section", site.progress());
            Rounds oneMilli = new Rounds(id() + " 1 ms section", site.progress());
            for (PeerKind kind : KINDS) {
                String who = kind.title();
                empty.with(
                        who,
                        () -> slice(
                                who,
                                peers.of(kind).lock(site.freshName(id())),
                                site.slice(Duration.ofMillis(400)),
                                0,
                                meter));
                oneMilli.with(
                        who,
                        () -> slice(
                                who,
                                peers.of(kind).lock(site.freshName(id())),
                                site.slice(Duration.ofSeconds(1)),
                                1,
                                meter));
            }
            return outcome(empty.run(site.rounds(3), site.rounds(11)), oneMilli.run(site.rounds(1), site.rounds(7)));
        }
    }

    private static Map<String, Double> slice(
            String who, PeerLock lock, Duration time, long sectionMillis, RedisMeter meter) throws Exception {
        List<Crowd.Place> places = Collections.nCopies(THREADS, new Crowd.Place(lock, new Section()));
        RedisMeter.Count before = meter.read();
        Crowd.Result result = Crowd.work(who, places, time, sectionMillis);
        double commands = meter.read().since(before).commands();
        return Map.of(
                "rate", result.perSecond(), "unfairness", result.unfairness(), "commands", commands / result.all());
    }

    private Outcome outcome(Measurements empty, Measurements oneMilli) {
        return new Outcome(
                List.of(
                        Target.atLeast(
                                id(), "empty section, fair, x Redisson", 25, empty.ratio("rate", GUARDED, REDISSON)),
                        Target.atLeast(
                                id(),
                                "empty section, fair, x fair ReentrantLock",
                                0.6,
                                empty.ratio("rate", GUARDED, JDK_FAIR)),
                        Target.atLeast(
                                id(),
                                "empty section, barging, x Redisson",
                                1000,
                                empty.ratio("rate", PeerKind.GUARDED_BARGING.title(), REDISSON)),
                        Target.atLeast(
                                id(), "1 ms section, x ReentrantLock", 0.97, oneMilli.ratio("rate", GUARDED, JDK)),
                        Target.atMost(
                                id(),
                                "1 ms section, fair, most served thread / least",
                                1.1,
                                oneMilli.of("unfairness", GUARDED)),
                        Target.atMost(
                                id(), "empty section, commands an acquisition", 0.05, empty.of("commands", GUARDED)),
                        Target.atMost(
                                id(), "1 ms section, commands an acquisition", 0.05, oneMilli.of("commands", GUARDED))),
                List.of(
                        Comparison.of("Empty section", OpenPeers.titles(KINDS))
                                .over("throughput, x Redisson", empty, "rate", REDISSON)
                                .with("most served thread / least", empty, "unfairness")
                                .with("commands an acquisition", empty, "commands")
                                .build(),
                        Comparison.of("1 ms section", OpenPeers.titles(KINDS))
                                .over("throughput, x ReentrantLock", oneMilli, "rate", JDK)
                                .with("most served thread / least", oneMilli, "unfairness")
                                .with("commands an acquisition", oneMilli, "commands")
                                .build()),
                List.of(
                        "Commands include those that scripts run. A thread that was never served counts as served once."));
    }
}
