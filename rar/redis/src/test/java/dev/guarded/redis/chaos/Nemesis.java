// SPDX-License-Identifier: Apache-2.0
package dev.guarded.redis.chaos;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/** Does harm at random, and writes down from before it began to after it was over. */
final class Nemesis {

    /** What it can do. */
    enum Harm {
        /** Stops processes of workers and lets them go on. */
        PAUSE,
        /** Kills a worker's process and starts another in its place. */
        KILL,
        /** Cuts the connections for commands, for messages, or both. */
        CLIENT_KILL,
        /** Makes Redis keep its clients waiting, all of them or those who write. */
        CLIENT_PAUSE,
        /** Makes Redis forget its scripts. */
        SCRIPT_FLUSH,
        /** Kills Redis, which loses all its data, and starts it again. */
        RESTART
    }

    private static final int SCENES_BEFORE_A_REST = 6;

    private final Nodes nodes;
    private final Random random;
    private final List<Harm> other;
    private final boolean pauses;
    private final long leaseMillis;
    private int young = -1;

    Nemesis(Nodes nodes, long seed, Duration lease, Set<Harm> harm) {
        this.nodes = nodes;
        this.random = new Random(seed);
        this.pauses = harm.contains(Harm.PAUSE);
        Set<Harm> withoutPause = EnumSet.copyOf(harm);
        withoutPause.remove(Harm.PAUSE);
        this.other = new ArrayList<>(withoutPause);
        if (harm.contains(Harm.RESTART)) {
            // It does more than all the others: every second time it is its turn.
            other.addAll(Collections.nCopies(Math.max(0, other.size() - 2), Harm.RESTART));
        }
        this.leaseMillis = lease.toMillis();
    }

    /** Plays scene after scene until then. Nobody is stopped or away afterwards. */
    void rage(long until) {
        for (int scene = 1; Moments.now() < until; scene++) {
            scene();
            // Now and then long enough for everybody to recover, to see that they do.
            long rest = scene % SCENES_BEFORE_A_REST == 0 ? 2 * leaseMillis : random.nextLong(leaseMillis / 2);
            Moments.passUntil(Math.min(until, Moments.now() + rest * 1_000_000));
        }
    }

    /** Stops some workers, or does something else, or that while they stand still. */
    private void scene() {
        if (young >= 0) {
            // Who dies before it has lived proves nothing.
            nodes.awaitReady(young);
        }
        boolean both = random.nextInt(3) == 0;
        boolean pausing = pauses && (other.isEmpty() || both || random.nextBoolean());
        if (!pausing) {
            strike(other.get(random.nextInt(other.size())));
            return;
        }
        List<Integer> victims = someWorkers();
        long from = Moments.now();
        victims.forEach(victim -> nodes.worker(victim).pause());
        pass(leaseMillis / 4);
        if (both && !other.isEmpty()) {
            strike(other.get(random.nextInt(other.size())));
        }
        pass(2 * leaseMillis);
        victims.forEach(victim -> nodes.worker(victim).resume());
        note(Harm.PAUSE, victims.toString().replace(" ", ""), from);
    }

    private List<Integer> someWorkers() {
        List<Integer> all = new ArrayList<>();
        for (int i = 0; i < nodes.count(); i++) {
            all.add(i);
        }
        Collections.shuffle(all, random);
        int most = Math.max(1, nodes.count() - 2);
        return all.subList(0, random.nextBoolean() ? 1 : 1 + random.nextInt(most));
    }

    private void strike(Harm harm) {
        long from = Moments.now();
        switch (harm) {
            case KILL -> kill(random.nextInt(nodes.count()));
            case CLIENT_KILL -> {
                String type = random.nextBoolean() ? "normal" : "pubsub";
                nodes.redis().command("CLIENT", "KILL", "TYPE", type);
                note(harm, type, from);
            }
            case CLIENT_PAUSE -> {
                String who = random.nextBoolean() ? "ALL" : "WRITE";
                long millis = 1 + random.nextLong(leaseMillis * 3 / 2);
                nodes.redis().command("CLIENT", "PAUSE", Long.toString(millis), who);
                Moments.pass(Duration.ofMillis(millis));
                note(harm, who, from);
            }
            case SCRIPT_FLUSH -> {
                nodes.redis().command("SCRIPT", "FLUSH");
                note(harm, "redis", from);
            }
            case RESTART -> {
                nodes.redis().kill();
                long dead = Moments.now();
                long clock = ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
                nodes.journal().note("strike", History.DATA_LOSS, clock, from, dead);
                // Mostly back before anybody has noticed more than a broken connection.
                pass(random.nextInt(4) == 0 ? 3 * leaseMillis / 2 : 100);
                nodes.redis().start();
                note(harm, "redis", from);
            }
            case PAUSE -> throw new IllegalArgumentException("pauses are scenes of their own");
        }
    }

    private void kill(int worker) {
        long from = Moments.now();
        nodes.worker(worker).kill();
        note(Harm.KILL, Integer.toString(worker), from);
        pass(leaseMillis / 2);
        nodes.respawn(worker);
        young = worker;
    }

    private void note(Harm harm, String target, long from) {
        nodes.journal().note("strike", harm, target, from, Moments.now());
    }

    /** Lets a random time pass, at most that. */
    private void pass(long mostMillis) {
        Moments.pass(Duration.ofMillis(random.nextLong(mostMillis) + 1));
    }
}
