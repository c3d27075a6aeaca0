// SPDX-License-Identifier: Apache-2.0
package dev.guarded.arquillian;

import static org.assertj.core.api.Assertions.assertThat;

import dev.guarded.arquillian.nodes.Board.Note;
import dev.guarded.arquillian.nodes.TickingJob;
import dev.guarded.testkit.Proves;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** A job that two servers start at the same ticks. */
class TwoServersJobIT extends TwoServers {

    private static final int TICKS = Integer.getInteger("guarded.test.ticks", 5);

    @Test
    @Proves("law 1")
    void jobOfTwoServersRunsOnceForEachTick() {
        // Once on each for practice: the first call of a server loads classes.
        long now = Instant.now().toEpochMilli();
        long first = Math.max(awaitTick(Server.TWO, now), awaitTick(Server.THREE, now)) + 2 * TickingJob.PERIOD;
        long end = first + TICKS * TickingJob.PERIOD;
        awaitTick(Server.TWO, end);
        awaitTick(Server.THREE, end);

        Long[] ticks = LongStream.range(0, TICKS)
                .mapToObj(number -> first + number * TickingJob.PERIOD)
                .toArray(Long[]::new);
        List<Note> notes = notes(first).filter(note -> note.number() < end).toList();
        for (Server server : List.of(Server.TWO, Server.THREE)) {
            assertThat(notes)
                    .filteredOn(note -> note.is("ticked", server.node()))
                    .extracting(Note::number)
                    .as("ticks of %s", server)
                    .containsExactly(ticks);
        }
        List<Note> runs =
                notes.stream().filter(note -> note.what().equals("ran")).toList();
        assertThat(runs).extracting(Note::number).as("%s", notes).containsExactly(ticks);
        Figures.add(String.format(
                Locale.ROOT,
                "a job on two servers: %d ticks on each, %d runs in all, one for each tick; %d of them on the first server;"
                        + " at most %d ms late",
                TICKS,
                runs.size(),
                runs.stream()
                        .filter(run -> run.node().equals(Server.TWO.node()))
                        .count(),
                notes.stream()
                        .mapToLong(note -> note.millis() - note.number())
                        .max()
                        .orElseThrow()));
    }

    /** Waits for a server's first tick from a time on, and returns it. */
    private static long awaitTick(Server server, long from) {
        return Awaitility.await()
                .atMost(Duration.ofMillis((TICKS + 20) * TickingJob.PERIOD))
                .until(
                        () -> notes(from)
                                .filter(note -> note.is("ticked", server.node()))
                                .findFirst(),
                        found -> found.isPresent())
                .orElseThrow()
                .number();
    }

    private static Stream<Note> notes(long from) {
        return TickingJob.BOARD.read().stream().filter(note -> note.number() >= from);
    }
}
