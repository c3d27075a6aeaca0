// SPDX-License-Identifier: Apache-2.0
package dev.guarded.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.guarded.lock.LeaseLostException;
import dev.guarded.lock.LockSettings;
import dev.guarded.lock.NamedLock;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A body whose lease is lost while it runs: the caller learns of the loss, and of what the body threw. */
class LossInBodyTest {

    private static final Duration SECOND = Duration.ofSeconds(1);

    private final Cluster cluster = new Cluster();
    private final NamedLock lock = cluster.one.getOrCreateLock(
            "short", LockSettings.local().leaseTime(SECOND).maxHold(SECOND));

    private Boolean losing() throws IOException {
        cluster.time.pause(SECOND);
        throw new IOException("disk full");
    }

    private void losingUnchecked() {
        cluster.time.pause(SECOND);
        throw new IllegalStateException("disk full");
    }

    private static void carriesOneLoss(Throwable thrown) {
        assertThat(thrown.getSuppressed())
                .singleElement()
                .isInstanceOf(LeaseLostException.class)
                .asString()
                .contains("GUARDED-0201", "'short'");
    }

    @Test
    void exceptionOfTheBodyCarriesTheLoss() {
        assertThatThrownBy(() -> lock.call(Duration.ZERO, this::losing))
                .isExactlyInstanceOf(IOException.class)
                .satisfies(LossInBodyTest::carriesOneLoss);
        assertThatThrownBy(() -> lock.run(Duration.ZERO, this::losingUnchecked))
                .isExactlyInstanceOf(IllegalStateException.class)
                .satisfies(LossInBodyTest::carriesOneLoss);
        assertThatThrownBy(() -> lock.tryRun(this::losingUnchecked))
                .isExactlyInstanceOf(IllegalStateException.class)
                .satisfies(LossInBodyTest::carriesOneLoss);
    }

    @Test
    void lossIsToldOnceThroughNestedCalls() {
        assertThatThrownBy(() -> lock.call(Duration.ZERO, () -> lock.call(Duration.ZERO, this::losing)))
                .isExactlyInstanceOf(IOException.class)
                .satisfies(LossInBodyTest::carriesOneLoss);
    }

    @Test
    void lossThatTheBodyThrowsItselfIsNotAddedToItself() {
        assertThatThrownBy(() -> lock.run(Duration.ZERO, () -> {
                    cluster.time.pause(SECOND);
                    cluster.one.requireHeld("short");
                }))
                .isExactlyInstanceOf(LeaseLostException.class)
                .hasNoSuppressedExceptions();
    }

    @Test
    void leaseThatTheBodyGaveBackIsNotLost() {
        assertThatThrownBy(() -> lock.run(Duration.ZERO, () -> {
                    cluster.one.requireHeld("short").release();
                    throw new IllegalStateException("disk full");
                }))
                .isExactlyInstanceOf(IllegalStateException.class)
                .hasNoSuppressedExceptions();
    }
}
