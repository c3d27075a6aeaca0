// SPDX-License-Identifier: Apache-2.0
package dev.guarded.benchmarks.scenario;

import dev.guarded.benchmarks.measure.Comparison;
import dev.guarded.benchmarks.measure.Measurements;
import dev.guarded.benchmarks.measure.Rounds;
import dev.guarded.benchmarks.measure.Series;
import dev.guarded.benchmarks.measure.Target;
import dev.guarded.benchmarks.node.Twins;
import dev.guarded.benchmarks.peer.PeerKind;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;

/** S4: two JVMs with a thread each want one lock, 1 ms at a time. */
final class TwoMachines implements Scenario {

    private static final List<PeerKind> KINDS = PeerKind.waiting();

    private static final String PING = "PING";
    private static final int PINGS = 500;
    private static final Duration SLICE = Duration.ofSeconds(2);

    @Override
    public String id() {
        return "S4";
    }

    @Override
    public String title() {
        return "two JVMs, one lock, 1 ms section";
    }

    @Override
    public Outcome run(Site site) throws Exception {
        try (Twins twins = new Twins(site.port(), KINDS)) {
            Rounds rounds = new Rounds(id(), site.progress())
                    .with(PING, () -> Map.of("hand-over", median(twins.first("ping " + site.count(PINGS)))));
            for (PeerKind kind : KINDS) {
                rounds.with(kind.title(), () -> slice(site, twins, kind));
            }
            return outcome(rounds.run(site.rounds(1), site.rounds(7)));
        }
    }

    private Map<String, Double> slice(Site site, Twins twins, PeerKind kind) throws IOException {
        twins.section().reset();
        long millis = site.slice(SLICE).toMillis();
        List<String> answers = twins.both("contend " + kind + " " + site.freshName(id()) + " " + millis);
        long[] counts = answers.stream()
                .mapToLong(answer -> Long.parseLong(answer.substring(0, answer.indexOf(' '))))
                .toArray();
        twins.section().check(kind.title(), LongStream.of(counts).sum());
        long most = LongStream.of(counts).max().orElseThrow();
        long least = LongStream.of(counts).min().orElseThrow();
        Map<String, Double> sample = new HashMap<>();
        sample.put("alternations", twins.section().changes() * 1000.0 / millis);
        sample.put("unfairness", most / (double) Math.max(1, least));
        StringBuilder all = new StringBuilder();
        for (String answer : answers) {
            String some = answer.substring(answer.indexOf(' ') + 1);
            all.append(all.length() == 0 || some.isEmpty() ? "" : ",").append(some);
        }
        // A lock that never changed sides in a whole slice took longer than the slice.
        sample.put("hand-over", all.length() == 0 ? millis * 1e6 : median(all.toString()));
        return sample;
    }

    private static double median(String numbers) {
        return Series.of(Arrays.stream(numbers.split(",", -1))
                        .mapToDouble(Double::parseDouble)
                        .toArray())
                .median();
    }

    private Outcome outcome(Measurements measured) {
        String guarded = PeerKind.GUARDED.title();
        String redisson = PeerKind.REDISSON.title();
        return new Outcome(
                List.of(
                        Target.atMost(id(), "hand-over p50, x PING", 4, measured.ratio("hand-over", guarded, PING)),
                        Target.atMost(
                                id(), "hand-over p50, x Redisson", 0.5, measured.ratio("hand-over", guarded, redisson)),
                        Target.atLeast(id(), "alternations a second", 500, measured.of("alternations", guarded)),
                        Target.atMost(
                                id(), "share of the JVMs, greater / smaller", 1.1, measured.of("unfairness", guarded))),
                List.of(Comparison.of("Two JVMs, 1 ms section", OpenPeers.titles(KINDS))
                        .over("hand-over p50, x Redisson", measured, "hand-over", redisson)
                        .over("hand-over p50, x PING", measured, "hand-over", PING)
                        .with("alternations a second", measured, "alternations")
                        .with("greater share / smaller", measured, "unfairness")
                        .build()),
                List.of(
                        "Hand-over: from the last instruction inside in one JVM to the first inside in the other. PING: from"
                                + " one of the two JVMs, at the pace of the hand-overs, one a millisecond."));
    }
}
