// SPDX-License-Identifier: Apache-2.0
package dev.guarded.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.guarded.core.spi.Scheduler;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class AlarmTest {

    private final ManualTime time = new ManualTime();
    private int rung;
    private int toDrop;

    private final Scheduler dropping = new Scheduler() {

        @Override
        public void execute(Runnable task) {
            time.execute(task);
        }

        @Override
        public Scheduled schedule(Runnable task, Duration delay) {
            return toDrop-- > 0 ? () -> {} : time.schedule(task, delay);
        }

        @Override
        public void runLong(String name, Runnable loop) {
            time.runLong(name, loop);
        }
    };

    private final Alarm alarm = new Alarm(dropping, time, () -> rung++);

    private void at(Duration fromNow) {
        alarm.atLatest(time.nanos() + fromNow.toNanos());
    }

    @Test
    void ringsOnceAtTheEarliestOfTheMoments() {
        at(Duration.ofSeconds(3));
        at(Duration.ofSeconds(1));
        at(Duration.ofSeconds(2));
        time.advance(Duration.ofMillis(999));
        assertThat(rung).isZero();
        time.advance(Duration.ofMillis(1));
        assertThat(rung).isOne();
        time.advance(Duration.ofSeconds(5));
        assertThat(rung).isOne();
    }

    @Test
    void tickThatTheSchedulerDroppedDoesNotSilenceItForEver() {
        toDrop = 1;
        at(Duration.ofSeconds(1));
        time.advance(Duration.ofMillis(2500));
        at(Duration.ofSeconds(1));
        time.advance(Duration.ofSeconds(1));
        assertThat(rung).isOne();
    }

    @Test
    void closedAlarmIsSilent() {
        at(Duration.ofSeconds(1));
        alarm.close();
        at(Duration.ofSeconds(1));
        time.advance(Duration.ofSeconds(2));
        assertThat(rung).isZero();
    }
}
