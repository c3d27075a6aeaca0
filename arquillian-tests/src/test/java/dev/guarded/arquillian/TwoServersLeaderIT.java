// SPDX-License-Identifier: Apache-2.0
package dev.guarded.arquillian;

import static org.assertj.core.api.Assertions.assertThat;

import dev.guarded.arquillian.nodes.Board;
import dev.guarded.arquillian.nodes.Board.Note;
import dev.guarded.arquillian.nodes.Leader;
import dev.guarded.testkit.Proves;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.LongSummaryStatistics;
import java.util.Optional;
import java.util.Set;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A role for which two servers stand, and what the board shows of its leaders. */
class TwoServersLeaderIT extends TwoServers {

    private static final Board BOARD = Leader.BOARD;
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final int KILLS = Integer.getInteger("guarded.test.kills", 2);
    private static final long LEASE_MILLIS =
            Duration.ofSeconds(Leader.LEASE_SECONDS).toMillis();

    /** For the message of the lease's end, the election and its delivery. */
    private static final long MARGIN_MILLIS = 1_000;

    private long start;
    private boolean frozen;

    @BeforeEach
    void somebodyWorks() {
        long now = Instant.now().toEpochMilli();
        start = Awaitility.await()
                .atMost(PATIENCE)
                .until(
                        () -> BOARD.read().stream()
                                .filter(note ->
                                        note.millis() > now && note.what().equals("works"))
                                .findFirst(),
                        Optional::isPresent)
                .orElseThrow()
                .number();
    }

    @Test
    @Proves({"law 1", "law 11", "H8"})
    void killedLeaderIsSucceededWithinTheLeaseAndStandsAgain() {
        LongSummaryStatistics waits = new LongSummaryStatistics();
        for (int i = 0; i < KILLS; i++) {
            Note term = lastTerm();
            Node leader = node(term);
            BOARD.write("killed", term.node(), term.number());
            leader.kill();
            Note next = awaitTermAfter(term);
            assertThat(next.node()).isNotEqualTo(term.node());
            waits.accept(next.millis() - endOf(term).millis());
            leader.start();
            leader.awaitUp();
        }
        Figures.add(KILLS + " leaders killed: the next elected after " + waits.getMin() + " to " + waits.getMax()
                + " ms (lease " + LEASE_MILLIS + " ms), never two at once");
        assertThat(waits.getMax()).isLessThanOrEqualTo(LEASE_MILLIS + MARGIN_MILLIS);
    }

    @Test
    @Proves({"law 1", "law 7"})
    void leaderThatIsCutOffIsToldBeforeTheNextIsElected() {
        Note term = lastTerm();
        Note next;
        node(term).redis().cutOff();
        try {
            next = awaitTermAfter(term);
        } finally {
            node(term).redis().restore();
        }
        assertThat(next.node()).isNotEqualTo(term.node());
        assertThat(notes()).containsSubsequence(endOf(term), next);
        Figures.add("a leader cut off from Redis: told "
                + (next.millis() - endOf(term).millis()) + " ms before the next was elected");
    }

    @Test
    @Proves({"law 1", "law 7"})
    void frozenLeaderHasNoEffectOnceTheNextIsElected() {
        frozen = true;
        Note term = lastTerm();
        Note next;
        node(term).freeze();
        try {
            next = awaitTermAfter(term);
        } finally {
            node(term).thaw();
        }
        assertThat(next.node()).isNotEqualTo(term.node());
        Awaitility.await()
                .atMost(PATIENCE)
                .untilAsserted(() -> assertThat(notes()).containsSubsequence(next, endOf(term)));
    }

    /**
     * Judges by the order on the board: nobody is elected before the last leader was told or killed, and a leader that
     * was not frozen does nothing once another is elected.
     */
    @AfterEach
    void thereWereNeverTwoLeaders() {
        long leader = 0;
        Set<Long> over = new HashSet<>();
        for (Note note : notes()) {
            switch (note.what()) {
                case "elected" -> {
                    assertThat(note.number()).as("token of %s", note).isGreaterThan(leader);
                    assertThat(leader == 0 || frozen || over.contains(leader))
                            .as("end of the term before %s", note)
                            .isTrue();
                    leader = note.number();
                }
                case "works" -> assertThat(note.number()).as("%s", note).isEqualTo(leader);
                // A step that was under way.
                case "refused" -> assertThat(frozen).as("%s", note).isTrue();
                default -> over.add(note.number());
            }
        }
    }

    private static Node node(Note note) {
        return note.node().equals(Server.TWO.node()) ? TWO : THREE;
    }

    /** Returns what happened since the term in which the test began. */
    private List<Note> notes() {
        return BOARD.read().stream().filter(note -> note.number() >= start).toList();
    }

    /** Returns the note that the leader wrote when it was told, or the test when it killed it. */
    private Note endOf(Note term) {
        return notes().stream()
                .filter(note -> note.is("revoked", term.node()) || note.is("killed", term.node()))
                .filter(note -> note.number() == term.number())
                .findFirst()
                .orElseThrow(() -> new AssertionError("no end of " + term));
    }

    private Note lastTerm() {
        List<Note> terms = terms();
        return terms.get(terms.size() - 1);
    }

    private List<Note> terms() {
        return notes().stream().filter(note -> note.what().equals("elected")).toList();
    }

    private Note awaitTermAfter(Note term) {
        return Awaitility.await()
                .atMost(PATIENCE)
                .until(
                        () -> terms().stream()
                                .filter(later -> later.number() > term.number())
                                .findFirst(),
                        Optional::isPresent)
                .orElseThrow();
    }
}
