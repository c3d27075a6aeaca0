// SPDX-License-Identifier: Apache-2.0
package dev.guarded.benchmarks.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.guarded.benchmarks.peer.PeerLock;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.api.Test;

class OverlapTest {

    private static final Duration A_WHILE = Duration.ofMillis(200);

    private final Section section = new Section();

    @Test
    void twoInsideAtOnceAreFound() {
        section.enter();
        section.enter();
        section.leave();
        section.leave();

        assertThatThrownBy(() -> section.check("somebody", 2))
                .isInstanceOf(OverlapException.class)
                .hasMessageContaining("somebody: two holders at once, seen 1 times");
    }

    @Test
    void aLostUpdateIsFound() {
        section.enter();
        section.leave();

        assertThatThrownBy(() -> section.check("somebody", 2))
                .isInstanceOf(OverlapException.class)
                .hasMessageContaining("1 updates were lost");
    }

    @Test
    void aLockThatExcludesNobodyEndsTheRun() {
        PeerLock broken = () -> () -> {};
        List<Crowd.Place> places = Collections.nCopies(4, new Crowd.Place(broken, section));

        assertThatThrownBy(() -> Crowd.work("broken", places, A_WHILE, 1))
                .isInstanceOf(OverlapException.class)
                .hasMessageContaining("broken");
    }

    @Test
    void aLockThatExcludesPassesAndEveryAcquisitionIsCounted() throws Exception {
        ReentrantLock lock = new ReentrantLock();
        PeerLock sound = () -> {
            lock.lock();
            return lock::unlock;
        };
        List<Crowd.Place> places = Collections.nCopies(4, new Crowd.Place(sound, section));

        Crowd.Result result = Crowd.work("sound", places, A_WHILE, 1);

        assertThat(result.all()).isPositive();
        assertThat(result.counted()).hasSize(4);
        assertThat(result.counted().stream().mapToLong(Long::longValue).sum()).isBetween(1L, result.all());
    }
}
