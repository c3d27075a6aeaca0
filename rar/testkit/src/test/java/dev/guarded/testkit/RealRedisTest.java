// SPDX-License-Identifier: Apache-2.0
package dev.guarded.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RealRedisTest {

    @Test
    void answersCommandsOfEveryKind() {
        RealRedis redis = RealRedis.shared();
        assertThat(redis.command("PING")).isEqualTo("PONG");
        assertThat(redis.command("SET", "kinds", "grün {☃}\r\n")).isEqualTo("OK");
        assertThat(redis.command("GET", "kinds")).isEqualTo("grün {☃}\r\n");
        assertThat(redis.command("STRLEN", "kinds")).isEqualTo(13L);
        assertThat(redis.command("GET", "kinds:none")).isNull();
        assertThat(redis.command("EVAL", "return {1, 'two', {}}", "0")).isEqualTo(List.of(1L, "two", List.of()));
        assertThatThrownBy(() -> redis.command("LPUSH", "kinds", "x"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith("WRONGTYPE");
    }

    @Test
    void isSharedByTheWholeJvm() {
        assertThat(RealRedis.shared()).isSameAs(RealRedis.shared());
        assertThat(RealRedis.shared().uri())
                .isEqualTo("redis://127.0.0.1:" + RealRedis.shared().port());
    }

    @Test
    void comesBackEmptyOnTheSamePort() {
        try (RealRedis redis = RealRedis.open()) {
            int port = redis.port();
            redis.command("SET", "memory", "gone");
            redis.restart();
            assertThat(redis.port()).isEqualTo(port);
            assertThat(redis.command("GET", "memory")).isNull();
        }
    }

    @Test
    void comesBackWhenItHasLoadedWhatItKept() {
        try (RealRedis redis = RealRedis.open("--appendonly", "yes", "--appendfsync", "no")) {
            redis.command("EVAL", "for i = 1, 300000 do redis.call('SET', 'kept:' .. i, i) end", "0");
            redis.restart();
            assertThat(redis.command("DBSIZE")).isEqualTo(300_000L);
        }
    }

    @Test
    void nobodyAnswersWhileItIsStopped() {
        try (RealRedis redis = RealRedis.open()) {
            redis.stop();
            assertThatThrownBy(() -> redis.command("PING"))
                    .isInstanceOf(UncheckedIOException.class)
                    .hasMessageContaining("127.0.0.1:" + redis.port());
            redis.start();
            assertThat(redis.command("PING")).isEqualTo("PONG");
        }
    }

    @Test
    void writesNothingToDisk() {
        try (RealRedis redis = RealRedis.open()) {
            assertThat(redis.command("CONFIG", "GET", "save")).isEqualTo(List.of("save", ""));
            assertThat(redis.command("CONFIG", "GET", "appendonly")).isEqualTo(List.of("appendonly", "no"));
        }
    }

    @Test
    void takesOptionsOfTheServer() {
        try (RealRedis redis = RealRedis.open("--requirepass", "secret")) {
            assertThatThrownBy(() -> redis.command("PING")).hasMessageStartingWith("NOAUTH");
            try (RespConnection connection = RespConnection.to(redis.port())) {
                connection.command("AUTH", "secret");
                assertThat(connection.command("PING")).isEqualTo("PONG");
            }
        }
    }

    @Test
    void saysWhatTheServerDidNotLike() {
        assertThatThrownBy(() -> RealRedis.open("--no-such-option", "1"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("no-such-option");
    }

    @Test
    void saysWhatToDoOnAMachineThatTheJarDoesNotKnow(@TempDir Path directory) {
        assertThatThrownBy(() -> RedisExecutable.unpacked(directory, "Windows 11", "amd64"))
                .hasMessage("The jar embedded-redis has no Redis for Windows 11 on amd64; install one and name it with"
                        + " -Dguarded.redis.executable=/path/to/redis-server.");
    }

    @Test
    void findsTheProgramForEveryMachineThatTheJarKnows(@TempDir Path directory) {
        for (String machine :
                List.of("Linux/amd64", "Linux/aarch64", "Linux/i386", "Mac OS X/x86_64", "Mac OS X/aarch64")) {
            String[] parts = machine.split("/", 2);
            assertThat(RedisExecutable.unpacked(directory, parts[0], parts[1])).isExecutable();
        }
    }

    @Test
    void runsTheProgramThatTheOperatorNames(@TempDir Path directory) throws IOException {
        Path own = Files.createDirectory(directory.resolve("own"));
        System.setProperty(RedisExecutable.OVERRIDE, "/no/such/redis-server");
        try {
            assertThatThrownBy(() -> RedisExecutable.find(own))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("/no/such/redis-server");
            assertThat(own).doesNotExist();
            Path installed = RedisExecutable.unpacked(directory, "Linux", "amd64");
            System.setProperty(RedisExecutable.OVERRIDE, installed.toString());
            assertThat(RedisExecutable.find(own)).isEqualTo(installed);
        } finally {
            System.clearProperty(RedisExecutable.OVERRIDE);
        }
    }

    @Test
    void endsWithoutALeftOverProcess() {
        RealRedis redis = RealRedis.open();
        long pid = Long.parseLong(Objects.requireNonNull(redis.command("INFO", "server"))
                .toString()
                .replaceAll("(?s).*process_id:(\\d+).*", "$1"));
        redis.close();
        redis.close();
        assertThat(ProcessHandle.of(pid)).isEmpty();
    }
}
