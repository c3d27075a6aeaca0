// SPDX-License-Identifier: Apache-2.0
package dev.guarded.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.guarded.lock.Lease;
import dev.guarded.lock.ReleaseOutcome;
import dev.guarded.testkit.Proves;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What becomes of a release that the store has not answered. */
class RecoveryTest {

    private static final Duration STEP = Duration.ofMillis(10);

    private final Cluster cluster = new Cluster();
    private final Lease lease = cluster.one.acquire("orders", Duration.ZERO);

    @Test
    @Proves("#39")
    void releaseWithoutAnswerIsRepeatedLessAndLessOftenUntilTwoLeaseTimesHavePassed() {
        cluster.wireOne.cut();
        assertThat(lease.release()).isEqualTo(ReleaseOutcome.UNKNOWN);

        assertThat(commandsWithin(Duration.ofSeconds(20)))
                .containsExactly(10L, 20L, 60L, 140L, 300L, 620L, 1260L, 2260L, 3260L, 4260L, 5260L, 6260L);
    }

    @Test
    @Proves("#39")
    void releaseWithoutAnswerFreesTheLockAsSoonAsTheStoreAnswersAgainAndIsSentNoMore() {
        cluster.wireOne.cut();
        assertThat(lease.release()).isEqualTo(ReleaseOutcome.UNKNOWN);
        cluster.time.advance(Duration.ofMillis(30));
        cluster.wireOne.mend();
        assertThat(cluster.two.tryAcquire("orders")).isEmpty();

        cluster.time.advance(Duration.ofMillis(30));

        assertThat(cluster.two.tryAcquire("orders")).isPresent();
        assertThat(commandsWithin(Duration.ofSeconds(20))).isEmpty();
    }

    /** Returns the ends of the steps of 10 ms in which the first node sends something, in milliseconds from now. */
    private List<Long> commandsWithin(Duration time) {
        List<Long> sent = new ArrayList<>();
        for (Duration passed = STEP; passed.compareTo(time) <= 0; passed = passed.plus(STEP)) {
            int before = cluster.wireOne.commands();
            cluster.time.advance(STEP);
            if (cluster.wireOne.commands() > before) {
                sent.add(passed.toMillis());
            }
        }
        return sent;
    }
}
