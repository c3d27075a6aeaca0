// SPDX-License-Identifier: Apache-2.0
package dev.guarded.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.guarded.core.spi.Sharing;
import dev.guarded.lock.Reach;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The times that follow from a lock's lease time. */
class StoreKeyTest {

    private static StoreKey key(Duration leaseTime, Duration maxHold, int permits) {
        return new StoreKey(Reach.CLUSTER, "orders", leaseTime, maxHold, permits, false);
    }

    @ParameterizedTest
    @CsvSource({
        "100, 10, 90",
        "1000, 10, 990",
        "1100, 11, 1089",
        "30000, 300, 29700",
    })
    void marginIsAHundredthOfTheLeaseTimeAndTenMillisecondsAtLeast(long lease, long margin, long usable) {
        StoreKey key = key(Duration.ofMillis(lease), Duration.ofHours(1), 1);
        assertThat(Duration.ofNanos(key.marginNanos())).isEqualTo(Duration.ofMillis(margin));
        assertThat(Duration.ofNanos(key.usableNanos())).isEqualTo(Duration.ofMillis(usable));
    }

    @ParameterizedTest
    @CsvSource({"3000, true", "3999, true", "4000, false", "3600000, false"})
    void leaseWithoutRoomForARenewalIsNeitherRenewedNorHandedOn(long maxHold, boolean fixed) {
        StoreKey key = key(Duration.ofSeconds(3), Duration.ofMillis(maxHold), 1);
        assertThat(Duration.ofNanos(key.refreshNanos())).isEqualTo(Duration.ofSeconds(1));
        assertThat(key.fixed()).isEqualTo(fixed);
    }

    @Test
    void onePermitIsForOneAloneAndMoreAreShared() {
        Sharing alone = key(Duration.ofSeconds(3), Duration.ofHours(1), 1).sharing();
        assertThat(alone.shared()).isFalse();
        assertThat(alone.fitsBeside(0)).isTrue();
        assertThat(alone.fitsBeside(1)).isFalse();
        Sharing two = key(Duration.ofSeconds(3), Duration.ofHours(1), 2).sharing();
        assertThat(two.shared()).isTrue();
        assertThat(two.fitsBeside(1)).isTrue();
        assertThat(two.fitsBeside(2)).isFalse();
    }

    @Test
    void whatExcludesEachOtherIsOneKeyOfOneReachWhateverItsTimes() {
        StoreKey one = key(Duration.ofSeconds(3), Duration.ofHours(1), 1);
        StoreKey other = key(Duration.ofSeconds(4), Duration.ofHours(2), 2);
        assertThat(one.identity()).isEqualTo(other.identity());
        assertThat(one.identity()).isNotEqualTo(new StoreKey.Identity(Reach.LOCAL, "orders"));
    }
}
