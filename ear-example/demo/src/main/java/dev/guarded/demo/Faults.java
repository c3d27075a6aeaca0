// SPDX-License-Identifier: Apache-2.0
package dev.guarded.demo;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

/** The keys that break something while it works, and show what became of it. */
final class Faults {

    private static final String LOCK = "merchant:7";
    private static final Duration FROZEN = Duration.ofSeconds(40);
    private static final int CALLERS = 16;

    private final Machines machines;
    private final Client client;

    Faults(Machines machines, Client client) {
        this.machines = machines;
        this.client = client;
    }

    /**
     * A payout that stands between reading and paying.
     *
     * @param run the payments it is about
     * @param answer what it will answer, if it ever does
     */
    private record Unfinished(long run, CompletableFuture<Answer> answer) {}

    /** Kills node-one in the middle of a payout of shop 7, lets node-two finish it, and starts node-one again. */
    void killOne() {
        Node one = machines.one();
        Node two = machines.two();
        if (!one.running()) {
            start(one);
            return;
        }
        Unfinished unfinished = payingOn(one, two, 60);
        one.kill();
        Screen.event('1', "node-one killed while holding " + LOCK + "; node-two asks for it …");
        Answer answer = client.post(two, "/api/merchants/7/payout?timeout=60s");
        unfinished.answer().cancel(true);
        Screen.event(
                '1',
                answer.status() == 200
                        ? "node-two got " + LOCK + " after " + answer.seconds() + "; " + bookings(two, unfinished)
                        : "node-two answered " + answer.status() + ": " + answer.body());
        start(one);
    }

    private void start(Node node) {
        Screen.event('1', node.name() + " starts again …");
        node.start();
        node.await(client);
        Screen.event('1', node.name() + " is back");
    }

    /** Freezes node-two in the middle of a payout of shop 7 for longer than its lease. */
    void freezeTwo() {
        Node one = machines.one();
        Node two = machines.two();
        Unfinished late = payingOn(two, one, 3);
        two.freeze();
        long thaw = System.nanoTime() + FROZEN.toNanos();
        Screen.event('2', "node-two frozen while holding " + LOCK + "; node-one asks for it …");
        try {
            Answer answer = client.post(one, "/api/merchants/7/payout?timeout=60s");
            Screen.event(
                    '2',
                    answer.status() == 200
                            ? "node-one got " + LOCK + " after " + answer.seconds() + "; " + bookings(one, late)
                            : "node-one answered " + answer.status() + ": " + answer.body());
            Pause.of(Duration.ofNanos(Math.max(0, thaw - System.nanoTime())));
        } finally {
            two.resume();
        }
        Answer answer = Client.now(late.answer());
        Screen.event('2', "node-two woke and went on: " + answer.status() + " " + reason(answer));
        Screen.event('2', bookings(one, late));
    }

    /** Stops Redis and shows how requests fare, or starts it again and shows when they are served. */
    void switchRedis() {
        if (machines.redis().running()) {
            machines.redis().stop();
            Screen.event('r', "Redis stopped; " + CALLERS + " requests are on their way …");
            List<Answer> answers = ask("?timeout=2s");
            long refused =
                    answers.stream().filter(answer -> answer.status() == 503).count();
            Screen.event(
                    'r',
                    refused + " of " + CALLERS + " requests answered 503, the last after " + slowest(answers)
                            + " (their timeout is 2 s)");
        } else {
            machines.redis().start();
            Screen.event('r', "Redis started");
            List<Answer> answers = ask("?timeout=30s");
            long served =
                    answers.stream().filter(answer -> answer.status() == 200).count();
            Screen.event('r', served + " of " + CALLERS + " requests served, the last after " + slowest(answers));
        }
    }

    /** Lets a node take the lock of shop 7 and returns while it stands between reading and paying. */
    private Unfinished payingOn(Node payer, Node other, int seconds) {
        for (Node node : List.of(payer, other)) {
            if (!node.running()) {
                throw new DemoException(node.name() + " does not run yet");
            }
        }
        if (client.get(other, "/api/locks").holds(LOCK)) {
            throw new DemoException("somebody works on shop 7 just now; press the key again in a moment");
        }
        Answer prepared = client.post(other, "/api/merchants/7/payments?count=3");
        if (prepared.status() != 200) {
            throw new DemoException(other.name() + " answered " + prepared.status() + ": " + prepared.body());
        }
        CompletableFuture<Answer> paying = client.postLater(payer, "/api/merchants/7/payout?pause=" + seconds + "s");
        long deadline = System.nanoTime() + Duration.ofSeconds(10).toNanos();
        while (!client.get(other, "/api/locks").holds(LOCK, payer.name())) {
            if (System.nanoTime() - deadline > 0) {
                throw new DemoException(payer.name() + " does not get " + LOCK + "; is Redis running?");
            }
            Pause.of(Duration.ofMillis(100));
        }
        return new Unfinished(prepared.number("run"), paying);
    }

    private List<Answer> ask(String timeout) {
        List<CompletableFuture<Answer>> asked = IntStream.range(0, CALLERS)
                .mapToObj(i -> client.postLater(
                        i % 2 == 0 ? machines.one() : machines.two(),
                        "/api/merchants/" + (i + 1) + "/payout" + timeout))
                .toList();
        return asked.stream().map(Client::now).toList();
    }

    private static String slowest(List<Answer> answers) {
        long millis = answers.stream()
                .mapToLong(answer -> answer.took().toMillis())
                .max()
                .orElse(0);
        return String.format(Locale.ROOT, "%.1f s", millis / 1000.0);
    }

    private String bookings(Node node, Unfinished payout) {
        Answer answer = client.get(node, "/api/payouts/" + payout.run());
        return "shop 7 has paid once " + answer.number("paidOnce") + ", paid twice " + answer.number("paidTwice");
    }

    private static String reason(Answer answer) {
        return answer.body().length() > 300 ? answer.body().substring(0, 300) + " …" : answer.body();
    }
}
