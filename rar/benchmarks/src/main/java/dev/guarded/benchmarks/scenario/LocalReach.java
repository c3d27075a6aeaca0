// SPDX-License-Identifier: Apache-2.0
package dev.guarded.benchmarks.scenario;

import dev.guarded.benchmarks.measure.Comparison;
import dev.guarded.benchmarks.measure.Crowd;
import dev.guarded.benchmarks.measure.Measurements;
import dev.guarded.benchmarks.measure.Rounds;
import dev.guarded.benchmarks.measure.Section;
import dev.guarded.benchmarks.measure.Target;
import dev.guarded.benchmarks.peer.PeerKind;
import dev.guarded.benchmarks.peer.PeerLock;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/** L: locks that need no store, beside the JDK's. */
final class LocalReach implements Scenario {

    private static final List<PeerKind> KINDS = List.of(PeerKind.GUARDED_LOCAL, PeerKind.JDK, PeerKind.JDK_FAIR);

    private static final String LOCAL = PeerKind.GUARDED_LOCAL.title();
    private static final String JDK = PeerKind.JDK.title();
    private static final String JDK_FAIR = PeerKind.JDK_FAIR.title();
    private static final int CYCLES = 200_000;
    private static final int THREADS = 16;
    private static final Duration SLICE = Duration.ofMillis(400);

    @Override
    public String id() {
        return "L";
    }

    @Override
    public String title() {
        return "LOCAL locks";
    }

    @Override
    public Outcome run(Site site) throws Exception {
        try (OpenPeers peers = OpenPeers.on(site, KINDS)) {
            Rounds alone = new Rounds(id() + " uncontended", site.progress());
            Rounds crowded = new Rounds(id() + " 16 threads", site.progress());
            int cycles = site.count(CYCLES);
            for (PeerKind kind : KINDS) {
                PeerLock lock = peers.of(kind).lock(site.freshName(id()));
                alone.with(kind.title(), () -> Map.of("time", Uncontended.nanosOf(lock, cycles) / (double) cycles));
                crowded.with(kind.title(), () -> slice(site, kind.title(), lock));
            }
            return outcome(alone.run(site.rounds(10), site.rounds(25)), crowded.run(site.rounds(3), site.rounds(11)));
        }
    }

    private static Map<String, Double> slice(Site site, String who, PeerLock lock) throws Exception {
        List<Crowd.Place> places = Collections.nCopies(THREADS, new Crowd.Place(lock, new Section()));
        Crowd.Result result = Crowd.work(who, places, site.slice(SLICE), 0);
        return Map.of("time", 1e9 / result.perSecond(), "unfairness", result.unfairness());
    }

    private Outcome outcome(Measurements alone, Measurements crowded) {
        return new Outcome(
                List.of(
                        Target.atMost(
                                id(),
                                "16 threads, empty section, time x fair ReentrantLock",
                                1.5,
                                crowded.ratio("time", LOCAL, JDK_FAIR)),
                        Target.atMost(
                                id(),
                                "uncontended, ns more than ReentrantLock",
                                150,
                                alone.of("time", LOCAL).minus(alone.of("time", JDK)))),
                List.of(
                        Comparison.of("16 threads, one lock, empty section", OpenPeers.titles(KINDS))
                                .over("time, x fair ReentrantLock", crowded, "time", JDK_FAIR)
                                .with("most served thread / least", crowded, "unfairness")
                                .build(),
                        Comparison.of("Uncontended", OpenPeers.titles(KINDS))
                                .over("time, x ReentrantLock", alone, "time", JDK)
                                .with("ns a cycle", alone, "time")
                                .build()),
                List.of());
    }
}
