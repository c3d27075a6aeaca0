// SPDX-License-Identifier: Apache-2.0
package dev.guarded.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.guarded.testkit.ThreadPerTask;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** When an alarm rings. */
class AlarmTest {

    private static final long MILLI = 1_000_000;

    private final ManualTime time = new ManualTime();
    private final long start = time.nanos();
    private final List<Long> rung = new ArrayList<>();
    private final Alarm alarm = new Alarm(time::schedule, time, () -> rung.add((time.nanos() - start) / MILLI));

    private void setTo(long millis) {
        alarm.atLatest(start + millis * MILLI);
    }

    @Test
    void ringsOnceAtTheEarliestOfTheMomentsAskedFor() {
        setTo(300);
        setTo(100);
        setTo(200);
        setTo(100);
        time.advance(Duration.ofSeconds(1));
        assertThat(rung).containsExactly(100L);
    }

    @Test
    void ringsAgainWhenItIsSetAgain() {
        setTo(100);
        time.advance(Duration.ofMillis(100));
        setTo(250);
        time.advance(Duration.ofSeconds(1));
        assertThat(rung).containsExactly(100L, 250L);
    }

    @Test
    void ringsNeitherBeforeItsMomentNorSoonerThanInAMillisecond() {
        alarm.atLatest(start + 5 * MILLI + 1);
        time.advance(Duration.ofMillis(10));
        alarm.atLatest(start + 7 * MILLI);
        time.advance(Duration.ofMillis(10));
        assertThat(rung).as("whole milliseconds, rounded up").containsExactly(6L, 11L);
    }

    @Test
    void mayBeSetWhileItRings() {
        List<Long> times = new ArrayList<>();
        Alarm[] itself = new Alarm[1];
        itself[0] = new Alarm(time::schedule, time, () -> {
            times.add((time.nanos() - start) / MILLI);
            itself[0].atLatest(time.nanos() + 100 * MILLI);
        });
        itself[0].atLatest(start + 100 * MILLI);
        time.advance(Duration.ofMillis(350));
        assertThat(times).containsExactly(100L, 200L, 300L);
    }

    @Test
    void actionThatFailsDoesNotSilenceIt() {
        List<Long> times = new ArrayList<>();
        Alarm failing = new Alarm(time::schedule, time, () -> {
            times.add(time.nanos());
            throw new IllegalStateException("once");
        });
        for (int i = 1; i <= 2; i++) {
            failing.atLatest(time.nanos() + MILLI);
            assertThatThrownBy(() -> time.advance(Duration.ofMillis(2))).hasMessage("once");
        }
        assertThat(times).hasSize(2);
    }

    @Test
    void closedAlarmIsSilentForEver() {
        setTo(100);
        alarm.close();
        setTo(50);
        time.advance(Duration.ofSeconds(1));
        assertThat(rung).isEmpty();
        new Alarm(time::schedule, time, () -> {}).close();
    }

    @Test
    void tickThatTheSchedulerDroppedDoesNotSilenceItForEver() {
        AtomicBoolean dropped = new AtomicBoolean();
        Alarm unlucky = new Alarm(
                (task, delay) -> dropped.compareAndSet(false, true) ? () -> {} : time.schedule(task, delay),
                time,
                () -> rung.add((time.nanos() - start) / MILLI));
        unlucky.atLatest(start + 1000 * MILLI);
        time.advance(Duration.ofMillis(2500));
        unlucky.atLatest(start + 3000 * MILLI);
        time.advance(Duration.ofSeconds(1));
        assertThat(rung).containsExactly(3000L);
    }

    @Test
    void anotherThreadMaySetAndCloseItAfterItRang() {
        setTo(100);
        time.advance(Duration.ofMillis(100));
        assertThat(CompletableFuture.runAsync(() -> setTo(200), ThreadPerTask.EXECUTOR))
                .succeedsWithin(Duration.ofSeconds(10));
        time.advance(Duration.ofMillis(100));
        assertThat(rung).containsExactly(100L, 200L);
        alarm.close();
        assertThat(CompletableFuture.runAsync(() -> setTo(300), ThreadPerTask.EXECUTOR))
                .succeedsWithin(Duration.ofSeconds(10));
    }
}
