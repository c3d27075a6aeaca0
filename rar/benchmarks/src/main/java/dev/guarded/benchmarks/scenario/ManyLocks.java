// SPDX-License-Identifier: Apache-2.0
package dev.guarded.benchmarks.scenario;

import dev.guarded.benchmarks.measure.Comparison;
import dev.guarded.benchmarks.measure.Crowd;
import dev.guarded.benchmarks.measure.Measurements;
import dev.guarded.benchmarks.measure.Rounds;
import dev.guarded.benchmarks.measure.Section;
import dev.guarded.benchmarks.measure.Target;
import dev.guarded.benchmarks.peer.Peer;
import dev.guarded.benchmarks.peer.PeerKind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** S2: sixteen threads, each with a lock of its own. */
final class ManyLocks implements Scenario {

    private static final List<PeerKind> KINDS =
            List.of(PeerKind.GUARDED, PeerKind.REDISSON, PeerKind.SPRING, PeerKind.SHEDLOCK, PeerKind.SEED);

    private static final String RAW = "sixteen raw connections";
    private static final int THREADS = 16;
    private static final Duration SLICE = Duration.ofMillis(400);

    @Override
    public String id() {
        return "S2";
    }

    @Override
    public String title() {
        return "16 threads on 16 locks";
    }

    @Override
    public Outcome run(Site site) throws Exception {
        List<Peer> raw = new ArrayList<>();
        try (OpenPeers peers = OpenPeers.on(site, KINDS)) {
            IntStream.range(0, THREADS).forEach(i -> raw.add(PeerKind.FLOOR.open(site.port())));
            Rounds rounds = new Rounds(id(), site.progress()).with(RAW, () -> slice(site, RAW, raw));
            for (PeerKind kind : KINDS) {
                Peer peer = peers.of(kind);
                rounds.with(
                        kind.title(),
                        () -> slice(
                                site,
                                kind.title(),
                                Stream.generate(() -> peer).limit(THREADS).toList()));
            }
            return outcome(rounds.run(site.rounds(4), site.rounds(15)));
        } finally {
            raw.forEach(Peer::close);
        }
    }

    private Map<String, Double> slice(Site site, String who, List<Peer> peerOfThread) throws Exception {
        List<Crowd.Place> places = peerOfThread.stream()
                .map(peer -> new Crowd.Place(peer.lock(site.freshName(id())), new Section()))
                .toList();
        Crowd.Result result = Crowd.work(who, places, site.slice(SLICE), 0);
        return Map.of("rate", result.perSecond());
    }

    private Outcome outcome(Measurements measured) {
        List<String> all =
                Stream.concat(Stream.of(RAW), OpenPeers.titles(KINDS).stream()).toList();
        String guarded = PeerKind.GUARDED.title();
        return new Outcome(
                List.of(
                        Target.atLeast(id(), "throughput, x " + RAW, 0.95, measured.ratio("rate", guarded, RAW)),
                        Target.atLeast(
                                id(),
                                "throughput, x Redisson",
                                4.5,
                                measured.ratio("rate", guarded, PeerKind.REDISSON.title()))),
                List.of(Comparison.of("16 threads on 16 locks", all)
                        .over("throughput, x " + RAW, measured, "rate", RAW)
                        .build()),
                List.of());
    }
}
