// SPDX-License-Identifier: Apache-2.0
package dev.guarded.benchmarks.node;

import dev.guarded.benchmarks.peer.Peer;
import dev.guarded.benchmarks.peer.PeerKind;
import dev.guarded.benchmarks.peer.PeerLock;
import dev.guarded.benchmarks.peer.RawConnection;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The main class of a second JVM. It reads one command a line, answers each with one line, and ends with its input. */
public final class Node {

    private static final String ANSWER = "answer ";

    private final Map<PeerKind, Peer> peers = new EnumMap<>(PeerKind.class);
    private final int port;
    private final long side;
    private final SharedSection section;
    private PeerLock.@Nullable Held held;
    private List<Waiter> waiters = List.of();

    private Node(int port, long side, SharedSection section) {
        this.port = port;
        this.side = side;
        this.section = section;
    }

    /**
     * Runs until the input ends.
     *
     * @param args the port of Redis, the number of this side from 1, and the file to share
     */
    public static void main(String[] args) {
        Quiet.loggers();
        int status = 0;
        try {
            serve(args);
        } catch (Exception e) {
            e.printStackTrace();
            status = 1;
        }
        // Peers leave threads behind, and the other side waits for an answer until this JVM has ended.
        System.exit(status);
    }

    private static void serve(String[] args) throws Exception {
        Node node = new Node(Integer.parseInt(args[0]), Long.parseLong(args[1]), new SharedSection(Path.of(args[2])));
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            out.println(ANSWER + node.answer(line.split(" ", -1)));
        }
    }

    /** Returns the answer in a line of output, null if the line is something else. */
    static @Nullable String answerIn(String line) {
        return line.startsWith(ANSWER) ? line.substring(ANSWER.length()) : null;
    }

    private String answer(String[] words) throws InterruptedException, IOException {
        return switch (words[0]) {
            case "open" -> {
                peer(words[1]);
                yield "opened";
            }
            case "contend" -> contend(lock(words), Long.parseLong(words[3]));
            case "ping" -> ping(Integer.parseInt(words[1]));
            case "hold" -> {
                held = lock(words).acquire();
                section.enter(side);
                yield "held";
            }
            case "wait" -> startWaiting(lock(words), Integer.parseInt(words[3]));
            case "free" -> free();
            case "drained" -> drained();
            default -> throw new IOException("no such command: " + Arrays.toString(words));
        };
    }

    private PeerLock lock(String[] words) {
        return peer(words[1]).lock(words[2]);
    }

    private Peer peer(String kind) {
        return peers.computeIfAbsent(PeerKind.valueOf(kind), each -> each.open(port));
    }

    /** Takes the lock again and again, 1 ms each; tells how often, and how long each hand-over to this side took. */
    private String contend(PeerLock lock, long millis) throws InterruptedException {
        long end = System.nanoTime() + millis * 1_000_000;
        List<Long> handOvers = new ArrayList<>();
        long count = 0;
        while (System.nanoTime() - end < 0) {
            PeerLock.Held mine = lock.acquire();
            long handOver = section.enter(side);
            if (handOver >= 0) {
                handOvers.add(handOver);
            }
            count++;
            Thread.sleep(1);
            section.leave();
            mine.release();
        }
        return count + " " + handOvers.stream().map(String::valueOf).collect(Collectors.joining(","));
    }

    /** Sends PINGs at the pace of the hand-overs, one a millisecond; tells how long each took. */
    private String ping(int times) throws InterruptedException {
        List<Long> nanos = new ArrayList<>();
        try (RawConnection connection = new RawConnection(port)) {
            for (int i = 0; i < times; i++) {
                Thread.sleep(1);
                long begin = System.nanoTime();
                connection.ping();
                nanos.add(System.nanoTime() - begin);
            }
        }
        return nanos.stream().map(String::valueOf).collect(Collectors.joining(","));
    }

    private String startWaiting(PeerLock lock, int count) {
        List<Waiter> started = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Waiter waiter = new Waiter(lock);
            waiter.start();
            started.add(waiter);
        }
        waiters = started;
        return "waiting";
    }

    private String free() {
        PeerLock.Held mine = held;
        if (mine == null) {
            throw new IllegalStateException("nothing to free");
        }
        held = null;
        section.leave();
        long now = System.nanoTime();
        mine.release();
        return String.valueOf(now);
    }

    /** Waits for the waiters; tells when the last of them was done. */
    private String drained() throws InterruptedException {
        long last = Long.MIN_VALUE;
        for (Waiter waiter : waiters) {
            waiter.join();
            if (waiter.failure != null) {
                throw new IllegalStateException(waiter.failure);
            }
            last = Math.max(last, waiter.doneAt);
        }
        waiters = List.of();
        return String.valueOf(last);
    }

    private final class Waiter extends Thread {

        private final PeerLock lock;
        private long doneAt;
        private @Nullable Exception failure;

        Waiter(PeerLock lock) {
            super("waiter");
            this.lock = lock;
            setDaemon(true);
        }

        @Override
        public void run() {
            try {
                PeerLock.Held mine = lock.acquire();
                section.enter(side);
                section.leave();
                mine.release();
                doneAt = System.nanoTime();
            } catch (InterruptedException | RuntimeException e) {
                failure = e;
            }
        }
    }
}
