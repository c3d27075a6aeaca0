// SPDX-License-Identifier: Apache-2.0
package dev.guarded.benchmarks.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class SeriesTest {

    @Test
    void theMedianIsTheValueInTheMiddleOrBetweenTheTwoThere() {
        assertThat(Series.of(9, 1, 5).median()).isEqualTo(5);
        assertThat(Series.of(9, 1, 5, 7).median()).isEqualTo(6);
    }

    @Test
    void ratiosAreMadeRoundByRoundAndNotOfMedians() {
        Series mine = Series.of(10, 200, 30);
        Series theirs = Series.of(5, 50, 30);

        Series ratio = mine.over(theirs);

        assertThat(ratio.median()).isEqualTo(2);
        assertThat(ratio.min()).isEqualTo(1);
        assertThat(ratio.max()).isEqualTo(4);
    }

    @Test
    void differencesAreMadeRoundByRound() {
        assertThat(Series.of(10, 200, 30).minus(Series.of(5, 50, 30)).median()).isEqualTo(5);
    }

    @Test
    void roundsThatDoNotBelongTogetherAreRefused() {
        Series two = Series.of(1, 2);
        Series three = Series.of(1, 2, 3);

        assertThatThrownBy(() -> two.over(three)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(Series::of).isInstanceOf(IllegalArgumentException.class);
    }
}
