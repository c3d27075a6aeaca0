// SPDX-License-Identifier: Apache-2.0
package dev.guarded.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.guarded.testkit.Proves;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Reading where the server is, and keeping the password to oneself. */
class RedisTargetTest {

    @ParameterizedTest
    @CsvSource({
        "redis://localhost, redis://localhost:6379",
        "redis://my_redis:6380, redis://my_redis:6380",
        "rediss://cache.example.org/3, rediss://cache.example.org:6379/3",
        "redis://u:p@h:1/0, redis://h:1",
        "redis://[::1], redis://[::1]:6379",
        "redis://u:p@[fe80::1]:7000/2, redis://[fe80::1]:7000/2",
        "redis://127.0.0.1:6379/, redis://127.0.0.1:6379",
    })
    void anAddressIsTheUriWithoutCredentials(String uri, String address) {
        assertThat(RedisTarget.parse(uri).address()).isEqualTo(address);
        assertThat(RedisTarget.parse(uri)).hasToString(address);
    }

    @ParameterizedTest
    @CsvSource({
        "redis://user:secret@h, user, secret",
        "redis://:secret@h, , secret",
        "redis://secret@h, , secret",
        "redis://us%3Aer:s%40%2F%25@h, us:er, s@/%",
        "redis://user:s+t@h, user, s+t",
        "redis://user:a@b/c:d@h:1, user, a@b/c:d",
        "redis://h, , ''",
    })
    void credentialsAreDecoded(String uri, String user, String password) {
        RedisTarget target = RedisTarget.parse(uri);
        assertThat(target.user()).isEqualTo(user);
        assertThat(new String(target.password())).isEqualTo(password);
        assertThat(target.host()).isEqualTo("h");
    }

    @ParameterizedTest
    @CsvSource({
        "'', empty",
        "localhost:6379, begins with neither",
        "http://localhost, begins with neither",
        "redis://, names no host",
        "redis://:6379, names no host",
        "redis://h:0, its port is out of range",
        "redis://h:65536, its port is out of range",
        "redis://h:port, its port is not a number",
        "redis://h/100000, its database is out of range",
        "redis://h/zero, its database is not a number",
        "redis://h?db=1, neither a query",
        "redis://h#1, neither a query",
        "redis://a b, a character that host names do not have",
        "redis://::1, a character that host names do not have",
    })
    void whatIsWrongIsNamed(String uri, String said) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RedisTarget.parse(uri))
                .withMessageContaining("GUARDED-0301")
                .withMessageContaining(said)
                .withMessageContaining("Write redis://");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "redis://user:hunter2%@host",
                "redis://user:%zzhunter2@host",
                "redis://user:12/hunter2",
                "redis://user:hunter2",
                "redis://user:1?hunter2",
                "redis://user:hunter2@host:port",
                "redis://user:hunter2@host/x",
                "redis://user:hunter2@ho st",
                "redis://user:hunter2 @",
                "hunter2://host",
                "user:hunter2@host",
            })
    @Proves({"H20", "law 17"})
    void noPieceOfAPasswordIsEverShown(String uri) {
        Throwable refused = catchThrowable(() -> RedisTarget.parse(uri));
        assertThat(refused).isInstanceOf(IllegalArgumentException.class);
        StringWriter trace = new StringWriter();
        refused.printStackTrace(new PrintWriter(trace));
        assertThat(trace.toString()).doesNotContain("hunter2");
    }

    @Test
    @Proves({"H20", "law 17"})
    void digitsThatMayBeAPasswordAreNotShownEither() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RedisTarget.parse("redis://user:12345678"))
                .withMessageContaining("its port is out of range")
                .withMessageNotContaining("12345678");
    }

    @Test
    void twoTargetsAreEqualIfEverythingIsTheSame() {
        RedisTarget target = RedisTarget.parse("redis://u:p@h:1/2");
        assertThat(target)
                .isEqualTo(RedisTarget.parse("redis://u:p@h:1/2"))
                .hasSameHashCodeAs(RedisTarget.parse("redis://u:p@h:1/2"))
                .isNotEqualTo(RedisTarget.parse("redis://u:other@h:1/2"))
                .isNotEqualTo(RedisTarget.parse("redis://v:p@h:1/2"))
                .isNotEqualTo(RedisTarget.parse("redis://u:p@h:1/3"))
                .isNotEqualTo(RedisTarget.parse("rediss://u:p@h:1/2"))
                .isNotEqualTo(target.withTimeouts(Duration.ofSeconds(1), Duration.ofSeconds(2)));
    }

    @Test
    void otherCredentialsAreCopied() {
        char[] password = "secret".toCharArray();
        RedisTarget target = RedisTarget.parse("redis://h").withCredentials("app", password);
        password[0] = 'x';
        assertThat(new String(target.password())).isEqualTo("secret");
        assertThat(target.user()).isEqualTo("app");
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT0S", "PT-1S", "PT0.0009S", "PT301S"})
    void aTimeOutIsBounded(String timeout) {
        RedisTarget target = RedisTarget.parse("redis://h");
        assertThat(target.connectTimeout()).isEqualTo(Duration.ofSeconds(2));
        assertThat(target.commandTimeout()).isEqualTo(Duration.ofSeconds(2));
        Duration wrong = Duration.parse(timeout);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> target.withTimeouts(wrong, Duration.ofSeconds(1)))
                .withMessageContaining("GUARDED-0311 The connect timeout")
                .withMessageContaining("1 ms to 5 min");
        assertThatIllegalArgumentException().isThrownBy(() -> target.withTimeouts(Duration.ofSeconds(1), wrong));
    }
}
