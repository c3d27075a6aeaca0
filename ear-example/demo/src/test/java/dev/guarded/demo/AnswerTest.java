// SPDX-License-Identifier: Apache-2.0
package dev.guarded.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class AnswerTest {

    private static Answer answer(String body) {
        return new Answer(200, body, Duration.ofMillis(2345));
    }

    @Test
    void aNumberIsFoundByItsName() {
        Answer answer = answer("{\"run\":3,\"paidOnce\":153,\"paidTwice\":47,\"centsPaidTwice\":412000}");

        assertThat(answer.number("paidOnce")).isEqualTo(153);
        assertThat(answer.number("paidTwice")).isEqualTo(47);
        assertThat(answer.number("nothingOfTheKind")).isZero();
    }

    @Test
    void aDoublePaymentIsShoutedWithTheMoneyThatIsGone() {
        assertThat(Payouts.told(answer("{\"paidOnce\":153,\"paidTwice\":47,\"centsPaidTwice\":412000,\"notPaid\":0}")))
                .isEqualTo("paid once 153   PAID TWICE 47 (€ 4,120 gone)   in 2.3 s");
        assertThat(Payouts.told(answer("{\"paidOnce\":200,\"paidTwice\":0,\"centsPaidTwice\":0,\"notPaid\":0}")))
                .isEqualTo("paid once 200   paid twice 0   in 2.3 s");
    }

    @Test
    void aLockIsHeldByTheNodeThatTheSameEntryNames() {
        Answer answer = answer(
                "[{\"lock\":\"merchant:7\",\"node\":\"node-two\"},{\"lock\":\"merchant:8\",\"node\":\"node-one\"}]");

        assertThat(answer.holds("merchant:7", "node-two")).isTrue();
        assertThat(answer.holds("merchant:7", "node-one")).isFalse();
        assertThat(answer.holds("merchant:8")).isTrue();
        assertThat(answer.holds("merchant:80")).isFalse();
    }

    @Test
    void eachPlatformHasItsRedis() {
        assertThat(RedisServer.platform("Linux", "amd64")).isEqualTo("linux-amd64");
        assertThat(RedisServer.platform("Mac OS X", "aarch64")).isEqualTo("darwin-arm64");
    }
}
