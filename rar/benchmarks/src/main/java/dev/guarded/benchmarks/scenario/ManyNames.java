// SPDX-License-Identifier: Apache-2.0
package dev.guarded.benchmarks.scenario;

import dev.guarded.benchmarks.measure.Comparison;
import dev.guarded.benchmarks.measure.Measurements;
import dev.guarded.benchmarks.measure.RedisMeter;
import dev.guarded.benchmarks.measure.Rounds;
import dev.guarded.benchmarks.measure.Series;
import dev.guarded.benchmarks.measure.Target;
import dev.guarded.benchmarks.peer.Peer;
import dev.guarded.benchmarks.peer.PeerKind;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** S7: many names used once, and what they leave behind in the heap and in Redis. */
final class ManyNames implements Scenario {

    private static final List<PeerKind> KINDS =
            List.of(PeerKind.GUARDED, PeerKind.REDISSON, PeerKind.SPRING, PeerKind.JDK);

    private static final int NAMES = 20_000;
    private static final int THREADS = 8;
    private static final int COLLECTIONS = 4;
    private static final long A_MINUTE_AND_A_BIT = 61;

    @Override
    public String id() {
        return "S7";
    }

    @Override
    public String title() {
        return "idle names";
    }

    @Override
    public Outcome run(Site site) throws Exception {
        String guarded = PeerKind.GUARDED.title();
        try (OpenPeers peers = OpenPeers.on(site, KINDS);
                RedisMeter meter = new RedisMeter(site.port())) {
            String prefix = site.freshName(id());
            Rounds rounds = new Rounds(id(), site.progress());
            for (PeerKind kind : KINDS) {
                Peer peer = peers.of(kind);
                String names = prefix + "-" + kind + "-";
                rounds.with(kind.title(), () -> Map.of("heap", heapPerName(site, peer, names)));
            }
            Measurements measured = rounds.run(1, site.rounds(3));
            if (site.scale() != Site.Scale.TINY) {
                site.progress().step(id(), "waits for a minute");
                TimeUnit.SECONDS.sleep(A_MINUTE_AND_A_BIT);
            }
            Rounds after = new Rounds(id() + " a minute later", site.progress());
            for (PeerKind kind : KINDS) {
                after.with(kind.title(), () -> Map.of("keys", keys(meter, "*" + prefix + "-" + kind + "-*")));
            }
            Measurements left = after.run(0, 1);
            return outcome(guarded, measured, left);
        }
    }

    private double heapPerName(Site site, Peer peer, String prefix) throws Exception {
        String fresh = prefix + site.freshName("n") + "-";
        use(peer, fresh, THREADS, THREADS);
        long before = settledHeap(peer, fresh + "before");
        int names = site.count(NAMES);
        use(peer, fresh, names, THREADS);
        return (settledHeap(peer, fresh + "after") - before) / (double) names;
    }

    private static void use(Peer peer, String prefix, int names, int threads) throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            List<Callable<Boolean>> tasks = new ArrayList<>();
            for (int thread = 0; thread < threads; thread++) {
                int first = thread;
                tasks.add(() -> {
                    for (int i = first; i < names; i += threads) {
                        peer.lock(prefix + i).acquire().release();
                    }
                    return true;
                });
            }
            for (Future<Boolean> task : pool.invokeAll(tasks)) {
                task.get();
            }
        } finally {
            pool.shutdown();
        }
    }

    /** Who tidies up does so when it is used, so each collection is followed by the use of one more name. */
    private static long settledHeap(Peer peer, String name) throws InterruptedException {
        long least = Long.MAX_VALUE;
        for (int i = 0; i < COLLECTIONS; i++) {
            System.gc();
            TimeUnit.MILLISECONDS.sleep(100);
            least = Math.min(
                    least,
                    ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
            peer.lock(name + i).acquire().release();
        }
        return least;
    }

    private static double keys(RedisMeter meter, String pattern) {
        Object count = meter.ask("EVAL", "return #redis.call('KEYS', ARGV[1])", "0", pattern);
        return count instanceof Long number ? number : Double.NaN;
    }

    private Outcome outcome(String guarded, Measurements measured, Measurements left) {
        Series keys = left.of("keys", guarded);
        return new Outcome(
                List.of(
                        Target.atMost(id(), "heap of an idle name, bytes", 16, measured.of("heap", guarded)),
                        Target.atMost(id(), "keys a minute after the last release", 0, keys)),
                List.of(Comparison.of("Names used once", OpenPeers.titles(KINDS))
                        .with("heap of an idle name, bytes", measured, "heap")
                        .with("keys a minute later", left, "keys")
                        .build()),
                List.of("Heap after several collections, before and after " + NAMES
                        + " names were used once; ReentrantLock is kept in a ConcurrentHashMap."));
    }
}
