// SPDX-License-Identifier: Apache-2.0
package dev.guarded.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.guarded.core.spi.ReleaseCommand;
import dev.guarded.core.spi.StoreFailure;
import dev.guarded.core.spi.Surroundings;
import dev.guarded.core.spi.Ticker;
import dev.guarded.lock.Reach;
import dev.guarded.lock.event.LateGrant;
import dev.guarded.lock.spi.OpenLease;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** What an engine has when nobody gives it more. */
class SurroundingsTest {

    @Test
    void plainSurroundingsHaveNoApplicationNoTransactionAndNoScope() {
        Surroundings plain = Surroundings.PLAIN;
        assertThat(plain.application()).isEmpty();
        assertThat(plain.transaction()).isEmpty();
        ScriptedStore store = new ScriptedStore();
        LockEngine engine = store.engine();
        assertThat(plain.opened((OpenLease) engine.acquire("orders"))).isNull();
        assertThatCode(() -> plain.happened("", new LateGrant("orders", Duration.ZERO, "late")))
                .doesNotThrowAnyException();
        assertThat(plain.wallClock().instant())
                .isBetween(Instant.now().minusSeconds(60), Instant.now().plusSeconds(60));
    }

    @Test
    void systemTickerMovesOnAndParksNoLongerThanItIsTold() {
        long before = Ticker.SYSTEM.nanos();
        Ticker.SYSTEM.park(this, Duration.ofMillis(20).toNanos());
        assertThat(Ticker.SYSTEM.nanos() - before).isPositive();
    }

    @Test
    void documentedDefaultsAreTheDefaults() {
        assertThat(EngineSettings.defaults("node"))
                .isEqualTo(new EngineSettings(
                        "node",
                        Reach.CLUSTER,
                        Duration.ofSeconds(30),
                        Duration.ofSeconds(30),
                        Duration.ofHours(1),
                        20));
    }

    @Test
    void releaseByForceFreesTheLockAtOnceAndIsToldToItsHolder() {
        ReleaseCommand byForce = ReleaseCommand.byForce("orders", "n.1", 7);
        assertThat(byForce).isEqualTo(new ReleaseCommand("orders", "n.1", 7, Duration.ZERO, false, true));
        assertThat(byForce.inBackground()).isEqualTo(new ReleaseCommand("orders", "n.1", 7, Duration.ZERO, true, true));
    }

    @Test
    void failureTellsWhetherItIsWorthTryingAgain() {
        assertThat(new StoreFailure("broken", true, null).retryable()).isTrue();
        assertThat(new StoreFailure("forbidden", false, null).retryable()).isFalse();
    }
}
