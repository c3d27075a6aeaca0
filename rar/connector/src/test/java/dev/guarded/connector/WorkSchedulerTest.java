// SPDX-License-Identifier: Apache-2.0
package dev.guarded.connector;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.guarded.core.spi.Scheduler.Scheduled;
import dev.guarded.testkit.Proves;
import dev.guarded.testkit.ThreadPerTask;
import jakarta.resource.spi.work.HintsContext;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class WorkSchedulerTest {

    private static final Logger LOG = Logger.getLogger("dev.guarded.adapter");

    private final TestServer server = new TestServer();
    private final WorkScheduler scheduler = new WorkScheduler(server.services());
    private final BlockingQueue<String> ran = new LinkedBlockingQueue<>();
    private final AtomicReference<WeakReference<Runnable>> noting = new AtomicReference<>(new WeakReference<>(null));
    private final List<String> warnings = new CopyOnWriteArrayList<>();

    @BeforeEach
    void listenToTheLog() {
        LOG.setFilter(entry -> {
            if (entry.getLevel().equals(Level.WARNING)) {
                warnings.add(entry.getMessage());
            }
            return true;
        });
    }

    @AfterEach
    void end() {
        LOG.setFilter(null);
        scheduler.stop(ofMillis(0));
        server.close();
    }

    private String next() throws InterruptedException {
        return ran.poll(5, TimeUnit.SECONDS);
    }

    @Test
    void whoKeepsTheTimeOnlyDispatchesAndTheWorkExecutes() throws Exception {
        CountDownLatch finish = new CountDownLatch(1);
        scheduler.schedule(() -> await(finish), ofMillis(1));
        scheduler.schedule(() -> ran.add(Thread.currentThread().getName()), ofMillis(2));

        assertThat(next()).isEqualTo("server-work");
        finish.countDown();
    }

    @Test
    void whatOneCodeLeavesOnItsThreadTheNextDoesNotFind() throws Exception {
        CountDownLatch finish = new CountDownLatch(1);
        for (int i = 0; i < Bulkhead.MOST; i++) {
            scheduler.callBack(() -> {
                await(finish);
                Thread.currentThread().setContextClassLoader(null);
                Thread.currentThread().interrupt();
            });
        }
        scheduler.callBack(() -> ran.add(Thread.interrupted() + " "
                + Bulkhead.class.getClassLoader().equals(Thread.currentThread().getContextClassLoader())));
        finish.countDown();
        assertThat(next()).isEqualTo("false true");
    }

    @Test
    void codeThatFailsLeavesItsThreadToTheNext() throws Exception {
        for (int i = 0; i < 2 * Bulkhead.MOST; i++) {
            scheduler.callBack(() -> {
                throw new AssertionError("on purpose");
            });
        }
        scheduler.callBack(() -> ran.add("at last"));
        assertThat(next()).isEqualTo("at last");
    }

    @Test
    void adaptersThatShareAServerWithFewThreadsDoNotWaitForEachOther() throws Exception {
        int each = 100;
        try (TestServer small = new TestServer(10, 10)) {
            CountDownLatch done = new CountDownLatch(3 * each);
            for (int adapter = 0; adapter < 3; adapter++) {
                WorkScheduler one = new WorkScheduler(small.services());
                ThreadPerTask.EXECUTOR.execute(() -> {
                    for (int i = 0; i < each; i++) {
                        one.callBack(done::countDown);
                    }
                });
            }
            assertThat(done.await(20, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void aServerThatCanMakeNoThreadIsAskedAgain() throws Exception {
        server.threadless.set(true);
        scheduler.execute(() -> ran.add("at last"));
        assertThat(next()).isEqualTo("at last");
        server.threadless.set(true);
        scheduler.schedule(() -> ran.add("later"), ofMillis(1));
        assertThat(next()).isEqualTo("later");
    }

    @Test
    void aTaskThatWasTakenBackDoesNotRun() throws Exception {
        Scheduled cancelled = scheduler.schedule(() -> ran.add("cancelled"), ofMillis(50));
        scheduler.schedule(() -> ran.add("kept"), ofMillis(100));

        cancelled.cancel();

        assertThat(next()).isEqualTo("kept");
    }

    @Test
    @Proves("law 8")
    void whoKeepsTheTimeWaitsForNoThreadWhileTheServerHasNone() throws Exception {
        CountDownLatch finish = new CountDownLatch(1);
        try (TestServer small = new TestServer(1, 1)) {
            WorkScheduler busy = new WorkScheduler(small.services());
            for (int i = 0; i < 10; i++) {
                busy.execute(() -> await(finish));
            }
            busy.schedule(() -> ran.add("worked"), ofMillis(1));
            busy.scheduleBrief(() -> ran.add(Thread.currentThread().getName()), ofMillis(50));

            assertThat(next()).isEqualTo("guarded-clock");
            finish.countDown();
            assertThat(next()).isEqualTo("worked");
            assertThat(busy.stop(ofSeconds(5))).isZero();
        }
    }

    @Test
    void aTaskThatTheServerRefusesIsHandedOverAgainAndRunsOnce() throws Exception {
        server.rejections.set(2);

        scheduler.execute(() -> ran.add("at last"));

        assertThat(next()).isEqualTo("at last");
        assertThat(server.rejections).hasValue(0);
        // By then the pause after a second refusal is over too.
        scheduler.schedule(() -> ran.add("later"), ofSeconds(1));
        assertThat(next()).isEqualTo("later");
    }

    @Test
    void aTaskThatTheServerTakesAndDropsIsHandedOverAgain() throws Exception {
        server.drops.set(2);

        scheduler.execute(() -> ran.add("at last"));

        assertThat(next()).isEqualTo("at last");
        assertThat(server.drops).hasValue(0);
    }

    @Test
    void aTaskThatBreaksIsNotTakenForOneThatWasRefused() throws Exception {
        server.waits.set(true);

        scheduler.execute(() -> {
            ran.add("breaks");
            throw new StackOverflowError();
        });

        assertThat(next()).isEqualTo("breaks");
        assertThat(warnings).isEmpty();
        server.waits.set(false);
        scheduler.schedule(() -> ran.add("later"), ofMillis(500));
        assertThat(next()).isEqualTo("later");
    }

    @Test
    void aServerThatGoesOnDroppingIsWarnedOfOnce() throws Exception {
        server.drops.set(3);

        scheduler.execute(() -> ran.add("at last"));

        assertThat(next()).isEqualTo("at last");
        assertThat(warnings).hasSize(1).allMatch(warning -> warning.contains("dropped"));
    }

    @Test
    void aServerThatGoesOnRefusingIsAskedLessOftenAndWarnedOfOnce() throws Exception {
        long begin = System.nanoTime();
        for (int refusals : new int[] {4, 1}) {
            server.rejections.set(refusals);
            scheduler.execute(() -> ran.add("at last"));
            assertThat(next()).isEqualTo("at last");
        }

        // 100, 200, 400 and 800 ms, and 100 ms again.
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isGreaterThan(ofMillis(1500));
        assertThat(warnings).hasSize(2).allMatch(warning -> warning.startsWith("GUARDED-0406"));
    }

    @Test
    void anInterruptedThreadHandsItsTaskOverAndStaysInterrupted() throws Exception {
        Thread.currentThread().interrupt();

        scheduler.execute(() -> ran.add("undone"));

        assertThat(Thread.interrupted()).isTrue();
        assertThat(next()).isEqualTo("undone");
    }

    @Test
    void aTaskThatFailsLeavesTheThreadAsItWasAndTheOthersAlone() throws Exception {
        scheduler.execute(() -> {
            ran.add("fails");
            throw new IllegalStateException("on purpose");
        });
        assertThat(next()).isEqualTo("fails");

        scheduler.execute(() -> ran.add("goes on"));

        assertThat(next()).isEqualTo("goes on");
        assertThat(scheduler.stop(ofSeconds(5))).isZero();
    }

    @Test
    @Proves("law 14")
    void aWorkThatIsDoneKeepsNothingOfItsTaskForServersThatKeepTheWork() throws Exception {
        AdapterWork work = new AdapterWork(scheduler, new Noting());
        work.run();
        assertThat(next()).isEqualTo("noted");

        Awaitility.await().until(() -> {
            System.gc();
            return noting.get().get() == null;
        });
        assertThat(work.begun()).isTrue();
    }

    /** Notes itself when it runs, without keeping itself. */
    private final class Noting implements Runnable {

        @Override
        public void run() {
            noting.set(new WeakReference<>(this));
            ran.add("noted");
        }
    }

    @Test
    void theStopCountsAThreadThatTheServerKeepsWaitingForAPlace() throws Exception {
        CountDownLatch finish = new CountDownLatch(1);
        try (TestServer small = new TestServer(1, 1)) {
            WorkScheduler busy = new WorkScheduler(small.services());
            for (int i = 0; i < 3; i++) {
                busy.execute(() -> await(finish));
            }
            Awaitility.await().until(() -> small.waiting.get() == 1);

            assertThat(busy.stop(ofMillis(20))).as("one at work, one that asks").isEqualTo(2);
            finish.countDown();
            assertThat(busy.stop(ofSeconds(5))).isZero();
        }
    }

    @Test
    void aLoopAsksForAThreadThatWillNotBeMissed() throws Exception {
        scheduler.runLong("inbox", () -> ran.add("loop"));

        assertThat(next()).isEqualTo("loop");
        HintsContext hints = (HintsContext) server.hints.get(0);
        assertThat(hints.getHints())
                .containsEntry(HintsContext.LONGRUNNING_HINT, true)
                .containsEntry(HintsContext.NAME_HINT, "inbox");
    }

    @Test
    @Proves("law 13")
    void theStopWaitsForWhatRunsAndStartsNothingMore() throws Exception {
        CountDownLatch running = new CountDownLatch(1);
        CountDownLatch finish = new CountDownLatch(1);
        scheduler.execute(() -> {
            running.countDown();
            await(finish);
            ran.add("finished");
        });
        await(running);

        assertThat(scheduler.stop(ofMillis(20))).as("still running").isEqualTo(1);
        scheduler.execute(() -> ran.add("too late"));
        CompletableFuture<Integer> stopping =
                CompletableFuture.supplyAsync(() -> scheduler.stop(ofSeconds(5)), ThreadPerTask.EXECUTOR);
        finish.countDown();

        assertThat(stopping.get(5, TimeUnit.SECONDS)).isZero();
        assertThat(ran).containsExactly("finished");
    }

    @Test
    @Proves("law 8")
    void longWorkDoesNotWaitBehindShortOnesForWhichTheServerHasNoThread() throws Exception {
        CountDownLatch finish = new CountDownLatch(1);
        try (TestServer small = new TestServer(1, 1)) {
            WorkScheduler busy = new WorkScheduler(small.services());
            for (int i = 0; i < 10; i++) {
                busy.execute(() -> await(finish));
            }
            busy.runLong("leader", () -> ran.add("told"));

            assertThat(next()).isEqualTo("told");
            finish.countDown();
            assertThat(busy.stop(ofSeconds(5))).isZero();
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(5, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
