// SPDX-License-Identifier: Apache-2.0
package dev.guarded.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.guarded.core.spi.StoreFailure;
import dev.guarded.lock.Holder;
import dev.guarded.lock.LockSettings;
import dev.guarded.lock.LockStoreException;
import dev.guarded.lock.ReleaseOutcome;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Messages tell what happened, to whom, and what to do about it. */
class MessagesTest {

    private static final Instant SINCE = Instant.parse("2026-03-01T08:09:10.123Z");

    @Test
    void refusalOfAnImpatientCallerNamesTheHolder() {
        Holder holder = new Holder("node-two", "shop", "task-7", SINCE, Duration.ofMillis(1500), 42);
        assertThat(Failures.notGranted("orders", Duration.ZERO, Duration.ZERO, holder, 3))
                .hasMessage("GUARDED-0101 Lock 'orders' is taken. Held since 2026-03-01 08:09:10.123Z by node-two,"
                        + " application shop, thread \"task-7\", lease left 1.500 s, token 42. Raise the timeout,"
                        + " shorten the work, or ask the lock's status who works on.")
                .satisfies(refusal -> {
                    assertThat(refusal.holder()).contains(holder);
                    assertThat(refusal.waiters()).isEqualTo(3);
                });
    }

    @Test
    void refusalOfAPatientCallerTellsHowLongHeWaitedAndBehindHowMany() {
        Holder holder = new Holder("node-two", "", "task-7", SINCE, Duration.ofSeconds(20), 42);
        assertThat(Failures.notGranted("orders", Duration.ofSeconds(2), Duration.ofMillis(2001), holder, 3))
                .hasMessageStartingWith("GUARDED-0101 Lock 'orders' was not granted within 2 s (waited 2.001 s; 3"
                        + " waiting before this one). Held since 2026-03-01 08:09:10.123Z by node-two, thread"
                        + " \"task-7\", lease left 20 s, token 42. Raise");
        assertThat(Failures.notGranted("orders", LockSettings.UNLIMITED, Duration.ZERO, null, 0))
                .hasMessageContaining(
                        "within unlimited time (waited 0 s; 0 waiting before this one). Who holds it is not"
                                + " known.");
    }

    @ParameterizedTest
    @CsvSource({
        "true, Nothing is held; try again later.",
        "false, Nothing is held.",
    })
    void failureOfTheStoreTellsWhetherToTryAgain(boolean retryable, String end) {
        StoreFailure failure = new StoreFailure("redis:6379: no answer within 2 s", retryable, null);
        LockStoreException told = Failures.store("orders", failure);
        assertThat(told)
                .hasMessage("GUARDED-0103 The store gave no usable answer for lock 'orders': redis:6379: no answer"
                        + " within 2 s. " + end)
                .hasCause(failure);
        assertThat(told.retryable()).isEqualTo(retryable);
        assertThat(told.lockName()).isEqualTo("orders");
    }

    @Test
    void refusalForATransactionThatIsOverTellsHowLongWasWaited() {
        assertThat(Failures.transactionOver("orders", Duration.ofSeconds(3)))
                .hasMessageStartingWith("GUARDED-0105 Lock 'orders' is not taken, because the transaction")
                .hasMessageContaining("(waited 3 s)")
                .satisfies(refusal -> assertThat(refusal.waited()).isEqualTo(Duration.ofSeconds(3)));
    }

    @ParameterizedTest
    @CsvSource({
        "RELEASED, it was.",
        "NOT_OWNER, 'that holder has it no longer, so nothing happened.'",
    })
    void forcedReleaseTellsWhetherItTookTheLock(ReleaseOutcome outcome, String end) {
        assertThat(Failures.forcedText("orders", 42, outcome))
                .isEqualTo("GUARDED-0210 Somebody asked for lock 'orders' to be taken from the holder with token 42: "
                        + end);
    }

    @Test
    void threadWithoutANameIsCalledByItsNumber() {
        Thread named = new Thread(() -> {}, "task-7");
        Thread unnamed = new Thread(() -> {}, "");
        assertThat(Owner.nameOf(named)).isEqualTo("task-7");
        assertThat(Owner.nameOf(unnamed)).isEqualTo("#" + unnamed.getId());
    }
}
