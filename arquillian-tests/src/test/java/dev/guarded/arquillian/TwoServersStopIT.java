// SPDX-License-Identifier: Apache-2.0
package dev.guarded.arquillian;

import static org.assertj.core.api.Assertions.assertThat;

import dev.guarded.arquillian.nodes.Board;
import dev.guarded.arquillian.nodes.Board.Note;
import dev.guarded.arquillian.nodes.CallsResource;
import dev.guarded.arquillian.nodes.Leader;
import dev.guarded.testkit.Proves;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** A server that is stopped as its operator does it, by SIGTERM, while it leads and its calls hold locks and wait for them. */
class TwoServersStopIT extends TwoServers {

    private static final Board BOARD = CallsResource.BOARD;
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    /** Locks that calls keep for longer than their request, and as many under which calls are at work. */
    private static final int KEPT = 10;

    private static final int LOCKS = 2 * KEPT;

    /** The default lease time is 30 s: whoever waits for that, or for a call, is much later. */
    private static final long AT_ONCE_MILLIS = 5_000;

    @Test
    @Proves({"law 13", "law 14"})
    void locksOfAStoppedServerGoToTheOtherAtOnceAndNothingHoldsItUp() {
        long now = Instant.now().toEpochMilli();
        Note term = awaitLeader(note -> note.what().equals("works") && note.millis() > now);
        boolean two = term.node().equals(Server.TWO.node());
        Server leaving = two ? Server.TWO : Server.THREE;
        Server staying = two ? Server.THREE : Server.TWO;
        for (int number = 0; number < KEPT; number++) {
            assertThat(leaving.get("/nodes/calls/keep/" + number)).startsWith("token ");
            leaving.send("/nodes/calls/work/" + (KEPT + number));
        }
        await("works", leaving, KEPT);
        // The server that leaves asks first: what it is granted would have to be passed on.
        for (Server server : List.of(leaving, staying)) {
            IntStream.range(0, LOCKS).forEach(number -> server.send("/nodes/calls/pass/" + number));
            Awaitility.await()
                    .atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(server.get("/nodes/calls/waiters/" + LOCKS))
                            .isEqualTo(String.valueOf(LOCKS)));
        }

        BOARD.write("stops", leaving.node(), 0);
        (two ? TWO : THREE).stop(PATIENCE);
        BOARD.write("stopped", leaving.node(), 0);

        long command = await("stops", leaving, 1).get(0).millis();
        List<Note> granted = await("passes", staying, LOCKS);
        List<Note> refused = await("refused", leaving, LOCKS);
        Note next = awaitLeader(note -> note.what().equals("elected") && note.number() > term.number());
        long stopped = await("stopped", leaving, 1).get(0).millis() - command;
        Figures.add("a server stopped by SIGTERM after " + stopped + " ms: its " + LOCKS
                + " calls that waited were refused after "
                + last(refused, command) + " ms, its " + KEPT + " kept locks and " + KEPT
                + " locks of calls at work were the other's after " + last(granted, command) + " ms, its role after "
                + (next.millis() - command) + " ms (lease 30 s)");
        assertThat(next.node()).isEqualTo(staying.node());
        assertThat(notes("passes", leaving)).isEmpty();
        assertThat(last(granted, command)).as("ms to the last grant").isLessThan(AT_ONCE_MILLIS);
        assertThat(next.millis() - command).as("ms to the election").isLessThan(AT_ONCE_MILLIS);
    }

    private static long last(List<Note> notes, long command) {
        return notes.stream().mapToLong(Note::millis).max().orElseThrow() - command;
    }

    private static List<Note> await(String what, Server server, int count) {
        Awaitility.await()
                .atMost(PATIENCE)
                .untilAsserted(() ->
                        assertThat(notes(what, server)).as("%s", BOARD.read()).hasSize(count));
        return notes(what, server).toList();
    }

    private static Stream<Note> notes(String what, Server server) {
        return BOARD.read().stream().filter(note -> note.is(what, server.node()));
    }

    private static Note awaitLeader(Predicate<Note> sought) {
        return Awaitility.await()
                .atMost(PATIENCE)
                .until(() -> Leader.BOARD.read().stream().filter(sought).findFirst(), Optional::isPresent)
                .orElseThrow();
    }
}
