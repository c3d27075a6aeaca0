// SPDX-License-Identifier: Apache-2.0
package dev.guarded.arquillian;

import static org.assertj.core.api.Assertions.assertThat;

import dev.guarded.arquillian.nodes.RowsResource;
import dev.guarded.testkit.Proves;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** Two servers increment one row of one database, by reading it and writing it back. */
class TwoServersRowIT extends TwoServers {

    private static final int TIMES = Integer.getInteger("guarded.test.increments", 25);
    private static final int ROUNDS = 10;
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @Test
    @Proves("law 12")
    void noIncrementOfTwoServersIsLostUnderAnyDemarcation() {
        // Once on each for practice: while a server loads classes, the other would be done before they meet.
        DATABASE.open("practice");
        for (Server server : List.of(Server.TWO, Server.THREE)) {
            assertThat(server.get("/nodes/rows/increment/cmt/practice?times=1")).isEqualTo("done");
        }
        Stream.of(Kinds.COMMITTED_AT_RETURN, Kinds.COMMITTED_LATER)
                .flatMap(List::stream)
                .forEach(TwoServersRowIT::bothIncrement);
    }

    private static void bothIncrement(String kind) {
        DATABASE.open(kind);
        int made = 2 * TIMES * Kinds.worksACall(kind);
        List<CompletableFuture<String>> answers = Stream.of(Server.TWO, Server.THREE)
                .map(server -> server.ask("/nodes/rows/increment/" + kind + "/" + kind + "?times=" + TIMES))
                .toList();

        assertThat(answers)
                .as(kind)
                .allSatisfy(answer -> assertThat(answer.join()).isEqualTo("done"));
        // A message is answered for before its transaction has been committed.
        Awaitility.await(kind)
                .atMost(PATIENCE)
                .untilAsserted(() -> assertThat(DATABASE.amount(kind)).isEqualTo(made));
        Figures.add("two servers, one row: " + kind + ": " + made + " increments, 0 lost");
    }

    @Test
    @Proves("law 12")
    void incrementOfARowThatWasReadBeforeTheGrantIsLost() {
        everySecondIncrementIsLost("guarded", 1);
    }

    @Test
    void incrementWithoutALockIsLost() {
        everySecondIncrementIsLost("unguarded", 1 + ROUNDS);
    }

    /** In each round one server reads, the other commits an increment under the lock, and the first writes. */
    private static void everySecondIncrementIsLost(String kind, int firstRow) {
        int left = 0;
        for (int row = firstRow; row < firstRow + ROUNDS; row++) {
            String name = Integer.toString(row);
            DATABASE.open(name);
            CompletableFuture<String> first = Server.TWO.ask("/nodes/rows/stale/" + kind + "/" + name);
            awaitReader(row);
            assertThat(Server.THREE.get("/nodes/rows/increment/cmt/" + name + "?times=1"))
                    .isEqualTo("done");
            RowsResource.BOARD.write("committed", Server.THREE.node(), row);
            assertThat(first.join()).isEqualTo("done");
            left += DATABASE.amount(name);
        }
        assertThat(left).as("of %d increments", 2 * ROUNDS).isEqualTo(ROUNDS);
        Figures.add("two servers, one row, read before the other's increment, then written " + kind + ": " + 2 * ROUNDS
                + " increments, " + (2 * ROUNDS - left) + " lost");
    }

    private static void awaitReader(int row) {
        Awaitility.await("reader of row " + row)
                .atMost(PATIENCE)
                .until(() -> RowsResource.BOARD.read().stream()
                        .anyMatch(note -> note.is("read", Server.TWO.node()) && note.number() == row));
    }
}
