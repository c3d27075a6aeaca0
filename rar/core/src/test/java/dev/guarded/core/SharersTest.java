// SPDX-License-Identifier: Apache-2.0
package dev.guarded.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.guarded.lock.Lease;
import dev.guarded.lock.LeaseLostException;
import dev.guarded.lock.NamedLock;
import dev.guarded.lock.ReleaseOutcome;
import dev.guarded.testkit.Proves;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SharersTest {

    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private final Cluster cluster = new Cluster();
    private final NamedLock lock = cluster.one.getOrCreateLock("orders");
    private final NamedLock elsewhere = cluster.two.getOrCreateLock("orders");
    private final List<LeaseLostException> losses = new ArrayList<>();

    @Test
    @Proves("law 7")
    void readerIsToldOfItsLossThoughAWriterOfItsJvmHasTheLockSince() {
        Lease reader = lock.readLock().acquire(Duration.ZERO);
        reader.onLost(losses::add);
        Waiting writer = Waiting.start(cluster.time, lock, PATIENCE);
        assertThat(elsewhere.forceRelease(reader.fencingToken())).isEqualTo(ReleaseOutcome.RELEASED);
        assertThat(writer.granted().isHeld()).isTrue();
        cluster.pass(Duration.ofMillis(50));
        assertThat(reader.isHeld()).isFalse();
        assertThat(losses).hasSize(1);
        int before = cluster.wireOne.commands();
        cluster.pass(Duration.ofMillis(500));
        assertThat(cluster.wireOne.commands()).isLessThanOrEqualTo(before + 1);
    }

    @Test
    void readerWhoseTimeRanOutInAPauseIsToldThoughAWriterHasTheLockSince() {
        Lease reader = lock.readLock().acquire(Duration.ZERO);
        reader.onLost(losses::add);
        cluster.time.pause(Duration.ofMillis(3100));
        Waiting writer = Waiting.start(cluster.time, lock, PATIENCE);
        assertThat(writer.granted().isHeld()).isTrue();
        cluster.pass(Duration.ofMillis(50));
        assertThat(losses).hasSize(1);
    }

    @Test
    void stopEndsReadersThatHaveLostTheLockToAWriterOfTheirJvm() {
        Lease reader = lock.readLock().acquire(Duration.ZERO);
        Waiting writer = Waiting.start(cluster.time, lock, PATIENCE);
        cluster.wireOne.loseMessages();
        elsewhere.forceRelease(reader.fencingToken());
        cluster.time.pause(Duration.ofMillis(1010));
        writer.granted();
        cluster.one.close();
        assertThat(reader.isHeld()).isFalse();
    }
}
