// SPDX-License-Identifier: Apache-2.0
package dev.guarded.connector;

import static java.time.Duration.ofMillis;
import static org.assertj.core.api.Assertions.assertThat;

import dev.guarded.core.spi.Scheduler.Scheduled;
import dev.guarded.testkit.Proves;
import dev.guarded.testkit.ThreadPerTask;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LaneTest {

    private final Lane lane = new Lane();
    private final BlockingQueue<String> ran = new LinkedBlockingQueue<>();

    private void start() {
        ThreadPerTask.EXECUTOR.execute(lane::loop);
    }

    @AfterEach
    void end() {
        lane.close();
    }

    private String next() throws InterruptedException {
        return ran.poll(5, TimeUnit.SECONDS);
    }

    @Test
    void whatIsDueFirstRunsFirstWhateverWasPlannedFirst() throws Exception {
        lane.schedule(() -> ran.add("third"), ofMillis(40));
        lane.schedule(() -> ran.add("first"), Duration.ZERO);
        lane.schedule(() -> ran.add("second"), ofMillis(20));
        start();

        assertThat(next()).isEqualTo("first");
        assertThat(next()).isEqualTo("second");
        assertThat(next()).isEqualTo("third");
    }

    @Test
    void nothingRunsBeforeItIsDue() throws Exception {
        long due = System.nanoTime() + ofMillis(60).toNanos();
        lane.schedule(() -> ran.add(String.valueOf(System.nanoTime() - due >= 0)), ofMillis(60));
        start();

        assertThat(next()).isEqualTo("true");
    }

    @Test
    void whatWasTakenBackDoesNotRun() throws Exception {
        Scheduled cancelled = lane.schedule(() -> ran.add("cancelled"), Duration.ZERO);
        lane.schedule(() -> ran.add("kept"), ofMillis(1));
        cancelled.cancel();
        start();

        assertThat(next()).isEqualTo("kept");
    }

    @Test
    void neitherAFailureNorAnInterruptionEndsIt() throws Exception {
        lane.schedule(
                () -> {
                    Thread.currentThread().interrupt();
                    throw new AssertionError("on purpose");
                },
                Duration.ZERO);
        lane.schedule(() -> ran.add("goes on"), ofMillis(20));
        start();

        assertThat(next()).isEqualTo("goes on");
    }

    @Test
    void whatComesLaterAndIsDueSoonerIsNotWaitedWith() throws Exception {
        lane.schedule(() -> ran.add("in an hour"), Duration.ofHours(1));
        start();
        lane.schedule(() -> ran.add("now"), ofMillis(20));

        assertThat(next()).isEqualTo("now");
    }

    @Test
    @Proves("law 14")
    void whatHasRunIsForgottenThoughNothingComesAfterIt() throws Exception {
        WeakReference<Runnable> last = new WeakReference<>(scheduleSomething());
        start();
        assertThat(next()).isEqualTo("something");

        Awaitility.await().until(() -> {
            System.gc();
            return last.get() == null;
        });
    }

    private Runnable scheduleSomething() {
        // Refers to something, so that it is an object of its own.
        BlockingQueue<String> own = ran;
        Runnable task = () -> own.add("something");
        lane.schedule(task, Duration.ZERO);
        return task;
    }

    @Test
    void theCloseEndsTheLoopAndDropsWhatIsPlanned() throws Exception {
        lane.schedule(() -> ran.add("dropped"), ofMillis(1));
        lane.schedule(() -> ran.add("dropped"), Duration.ofHours(1));
        lane.close();

        CompletableFuture.runAsync(lane::loop, ThreadPerTask.EXECUTOR).get(5, TimeUnit.SECONDS);

        assertThat(ran).isEmpty();
    }
}
