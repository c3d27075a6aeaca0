// SPDX-License-Identifier: Apache-2.0
package dev.guarded.demo;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A real Redis, from the jar embedded-redis, that keeps nothing on disk. */
final class RedisServer {

    static final String URI = "redis://127.0.0.1:" + Ports.REDIS;

    private static final String PREFIX = "/redis-server-7.0.15-";

    private final Path directory;
    private final Program program;

    RedisServer(Path directory) {
        this.directory = directory;
        this.program = new Program("Redis", directory.resolve("redis.log"));
    }

    void start() {
        program.start(
                List.of(
                        unpacked(System.getProperty("os.name"), System.getProperty("os.arch"))
                                .toString(),
                        "--bind",
                        "127.0.0.1",
                        "--port",
                        Integer.toString(Ports.REDIS),
                        "--dir",
                        directory.toString(),
                        "--save",
                        "",
                        "--appendonly",
                        "no"),
                Map.of());
        program.await(Duration.ofSeconds(10), RedisServer::answers);
    }

    void stop() {
        program.stop();
    }

    boolean running() {
        return program.running();
    }

    private Path unpacked(String system, String processor) {
        Path executable = directory.resolve("redis-server");
        if (Files.isExecutable(executable)) {
            return executable;
        }
        try (InputStream packed = RedisServer.class.getResourceAsStream(PREFIX + platform(system, processor))) {
            if (packed == null) {
                throw new DemoException("There is no Redis for " + system + " on " + processor
                        + " in the jar embedded-redis: run the demo on Linux or macOS.");
            }
            Files.createDirectories(directory);
            Files.copy(packed, executable, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new DemoException("Redis cannot be unpacked to " + executable + ": " + e.getMessage(), e);
        }
        if (!executable.toFile().setExecutable(true)) {
            throw new DemoException(executable + " cannot be made executable; is its disk mounted noexec?");
        }
        return executable;
    }

    static String platform(String system, String processor) {
        String lower = system.toLowerCase(Locale.ROOT);
        String os = lower.startsWith("mac") ? "darwin" : lower.split(" ", 2)[0];
        return os + "-"
                + switch (processor.toLowerCase(Locale.ROOT)) {
                    case "x86_64", "amd64" -> "amd64";
                    case "aarch64", "arm64" -> "arm64";
                    case "x86", "i386", "i686" -> "386";
                    default -> processor;
                };
    }

    private static boolean answers() {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), Ports.REDIS), 500);
            socket.setSoTimeout(500);
            socket.getOutputStream().write("PING\r\n".getBytes(StandardCharsets.US_ASCII));
            return socket.getInputStream().read() == '+';
        } catch (IOException e) {
            return false;
        }
    }
}
