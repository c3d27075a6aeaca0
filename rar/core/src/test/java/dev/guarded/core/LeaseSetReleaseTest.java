// SPDX-License-Identifier: Apache-2.0
package dev.guarded.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.guarded.lock.LeaseSet;
import dev.guarded.testkit.Proves;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class LeaseSetReleaseTest {

    private static final List<String> NAMES = List.of("a", "b", "c");

    private final Cluster cluster = new Cluster();

    @Test
    @Proves({"M11", "law 5"})
    void releaseThatDoesNotArriveKeepsNoOtherFromBeingReleased() {
        LeaseSet set = cluster.one.acquireAll(NAMES, Duration.ofSeconds(5));
        cluster.wireOne.loseCommands(2); // the release of the last name, and its repetition
        set.close();
        assertThat(cluster.two.tryAcquire("a")).isPresent();
        assertThat(cluster.two.tryAcquire("b")).isPresent();
        assertThat(cluster.two.tryAcquire("c")).isEmpty();
        cluster.pass(Duration.ofMillis(100));
        assertThat(cluster.two.tryAcquire("c")).isPresent();
    }
}
