// SPDX-License-Identifier: Apache-2.0
package dev.guarded.connector;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.guarded.core.spi.Scheduler.Scheduled;
import dev.guarded.testkit.Proves;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What an engine has run by the adapters that share it. */
class EngineSchedulerTest {

    private final TestServer server = new TestServer();
    private final WorkScheduler scheduler = new WorkScheduler(server.services());
    private final BlockingQueue<String> ran = new LinkedBlockingQueue<>();

    @AfterEach
    void end() {
        scheduler.stop(ofMillis(0));
        server.close();
    }

    private String next() throws InterruptedException {
        return ran.poll(5, TimeUnit.SECONDS);
    }

    @Test
    @Proves("law 8")
    void codeOfApplicationsTakesAFewThreadsAndLeavesTheOthersToTheEngine() throws Exception {
        EngineScheduler shared = new EngineScheduler();
        shared.join(scheduler);
        CountDownLatch finish = new CountDownLatch(1);
        for (int i = 0; i < 2 * Bulkhead.MOST; i++) {
            shared.callBack(() -> await(finish));
        }
        shared.callBack(() -> ran.add("last"));

        shared.scheduleAlone("renewal", () -> ran.add("renewed"), ofMillis(100));
        assertThat(next()).isEqualTo("renewed");
        shared.execute(() -> ran.add("compensated"));
        assertThat(next()).isEqualTo("compensated");
        shared.schedule(() -> ran.add("timed out"), ofMillis(1));
        assertThat(next()).isEqualTo("timed out");

        finish.countDown();
        assertThat(next()).isEqualTo("last");
        shared.close();
        assertThat(scheduler.stop(ofSeconds(5))).isZero();
    }

    @Test
    void whatAStoppingHostHasNotBegunGoesOverToTheNextOne() throws Exception {
        WorkScheduler heir = new WorkScheduler(server.services());
        EngineScheduler shared = new EngineScheduler();
        shared.join(scheduler);
        shared.join(heir);
        shared.schedule(() -> ran.add("sign of life"), ofMillis(200));
        shared.scheduleBrief(() -> ran.add("expiry"), ofMillis(200));
        shared.schedule(() -> ran.add("later"), ofMillis(2500));
        List<Scheduled> cancelled = List.of(
                shared.schedule(() -> ran.add("cancelled"), ofSeconds(2)),
                shared.scheduleBrief(() -> ran.add("cancelled"), ofSeconds(2)));

        shared.leave(scheduler);
        scheduler.stop(ofSeconds(1));
        cancelled.forEach(Scheduled::cancel);

        assertThat(List.of(next(), next())).containsExactlyInAnyOrder("sign of life", "expiry");
        assertThat(next()).isEqualTo("later");
        heir.stop(ofSeconds(1));
    }

    @Test
    void aLoopThatGoesOnDoesNotHoldUpTheStopOfItsHost() throws Exception {
        WorkScheduler heir = new WorkScheduler(server.services());
        EngineScheduler shared = new EngineScheduler();
        shared.join(scheduler);
        shared.join(heir);
        CountDownLatch running = new CountDownLatch(1);
        CountDownLatch finish = new CountDownLatch(1);
        shared.runLong("inbox", () -> {
            running.countDown();
            await(finish);
            ran.add("ended by its owner");
        });
        await(running);

        shared.leave(scheduler);

        assertThat(scheduler.stop(ofSeconds(5))).isZero();
        finish.countDown();
        assertThat(next()).isEqualTo("ended by its owner");
        heir.stop(ofSeconds(1));
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(5, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
