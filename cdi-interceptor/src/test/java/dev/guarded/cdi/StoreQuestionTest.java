// SPDX-License-Identifier: Apache-2.0
package dev.guarded.cdi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.guarded.core.spi.StoredLock;
import dev.guarded.lock.Reach;
import dev.guarded.testkit.ThreadPerTask;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Who asks the store, if the container may or may not do it for the probe. */
class StoreQuestionTest {

    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(30);

    private final AtomicInteger looks = new AtomicInteger();
    private final CountDownLatch answering = new CountDownLatch(1);
    private final TestAdapter adapter = new TestAdapter(Reach.CLUSTER, this::look);
    private final StoreQuestion question = new StoreQuestion(adapter.locks(), true);

    private StoredLock look() {
        looks.incrementAndGet();
        try {
            answering.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return new StoredLock(List.of(), 0);
    }

    @AfterEach
    void close() {
        answering.countDown();
        adapter.close();
    }

    @Test
    void probeAsksWhatTheContainerDoesNotRunAndNobodyAsksAgain() {
        answering.countDown();

        question.askUnlessBegun(System.nanoTime());

        assertThat(question.answer()).isCompletedWithValueMatching(StoreAnswer::up);
        question.ask();
        assertThat(looks).hasValue(1);
    }

    @Test
    void probeLeavesTheStoreToWhoeverAsksAlready() {
        CompletableFuture<Void> other = CompletableFuture.runAsync(question::ask, ThreadPerTask.EXECUTOR);

        question.askUnlessBegun(System.nanoTime() + PATIENCE_NANOS);

        assertThat(question.answer()).isNotDone();
        answering.countDown();
        other.join();
        assertThat(question.answer()).isCompletedWithValueMatching(StoreAnswer::up);
        assertThat(looks).hasValue(1);
    }

    @Test
    void refusalOfTheContainerThatComesLateChangesNoAnswer() {
        CompletableFuture<Void> asking = CompletableFuture.runAsync(question::ask, ThreadPerTask.EXECUTOR);
        question.askUnlessBegun(System.nanoTime() + PATIENCE_NANOS);

        question.fail(new IllegalStateException("no thread"));

        assertThat(question.answer()).isNotDone();
        answering.countDown();
        asking.join();
        assertThat(question.answer()).isCompletedWithValueMatching(StoreAnswer::up);
    }

    @Test
    void probeThatBreaksLeavesAnAnswer() {
        try (TestAdapter breaking = new TestAdapter(Reach.CLUSTER, () -> {
            throw new StackOverflowError("on purpose");
        })) {
            StoreQuestion asked = new StoreQuestion(breaking.locks(), true);

            assertThatThrownBy(asked::ask).isInstanceOf(StackOverflowError.class);

            assertThat(asked.answer())
                    .isCompletedWithValueMatching(
                            answer -> !answer.up() && answer.toString().contains("GUARDED-0522"));
        }
    }

    @Test
    void probeAsksNothingThatTheContainerRefused() {
        question.fail(new IllegalStateException("no thread"));

        question.askUnlessBegun(System.nanoTime() + PATIENCE_NANOS);

        assertThat(looks).hasValue(0);
        assertThat(question.answer()).isCompletedWithValueMatching(answer -> !answer.up());
    }
}
