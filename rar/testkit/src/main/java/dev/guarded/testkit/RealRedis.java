// SPDX-License-Identifier: Apache-2.0
package dev.guarded.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A Redis server of our own, on a free port of 127.0.0.1, that writes nothing to disk unless its options say so: what it
 * knew is gone when it stops. It ends with the JVM at the latest.
 */
public final class RealRedis implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final int PORTS_TO_TRY = 5;

    private final Path directory;
    private final Path program;
    private final List<String> options;
    private int port;
    private @Nullable Process process;

    private RealRedis(List<String> options) throws IOException {
        this.directory = Files.createTempDirectory("guarded-redis");
        this.program = RedisExecutable.find(directory);
        this.options = options;
        Runtime.getRuntime().addShutdownHook(new Thread(this::close, "guarded-redis-end"));
    }

    /**
     * Starts a server.
     *
     * @param options what to add to its command line, such as {@code "--requirepass", "secret"}
     * @throws IllegalStateException if there is no Redis for this machine, or it does not start
     */
    public static RealRedis open(String... options) {
        try {
            RealRedis redis = new RealRedis(List.of(options));
            redis.startOnAFreePort();
            return redis;
        } catch (IOException e) {
            throw new UncheckedIOException("Redis needs a directory of its own: " + e.getMessage(), e);
        }
    }

    /** Returns the server that all tests of this JVM share; whoever uses it keeps to names of its own. */
    public static RealRedis shared() {
        return Shared.INSTANCE;
    }

    /** Returns the port, the same after each restart. */
    public synchronized int port() {
        return port;
    }

    /** Returns the address as clients write it. */
    public String uri() {
        return "redis://127.0.0.1:" + port();
    }

    /** Sends one command on a connection of its own; see {@link RespConnection#command}. */
    public @Nullable Object command(String... words) {
        try (RespConnection connection = RespConnection.to(port())) {
            return connection.command(words);
        }
    }

    /** Starts the server again, empty, on the port it had; does nothing if it runs. */
    public synchronized void start() {
        if (process == null && !started()) {
            throw new IllegalStateException(
                    "Redis does not start again on 127.0.0.1:" + port + "; the last it said was: " + lastWords());
        }
    }

    /** Stops the server as its operator would; does nothing if it is stopped. */
    public synchronized void stop() {
        end(false);
    }

    /** Stops the server without giving it a chance to say good-bye. */
    public synchronized void kill() {
        end(true);
    }

    /** Kills the server and starts it again, empty, on the same port. */
    public synchronized void restart() {
        kill();
        start();
    }

    /** Ends the server and removes what it left on disk; closing again does nothing. */
    @Override
    public synchronized void close() {
        kill();
        if (!Files.exists(directory)) {
            return;
        }
        try (Stream<Path> left = Files.walk(directory)) {
            for (Path file : left.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            directory.toFile().deleteOnExit();
        }
    }

    private synchronized void startOnAFreePort() {
        for (int attempt = 0; attempt < PORTS_TO_TRY; attempt++) {
            port = Loopback.freePort();
            if (started()) {
                return;
            }
        }
        String said = lastWords();
        close();
        throw new IllegalStateException("Redis (" + program + ") does not start; the last it said was: " + said);
    }

    private boolean started() {
        List<String> command = new ArrayList<>(List.of(program.toString()));
        command.addAll(List.of("--port", Integer.toString(port), "--bind", "127.0.0.1", "--dir", directory.toString()));
        command.addAll(List.of("--save", "", "--appendonly", "no", "--daemonize", "no"));
        command.addAll(options);
        try {
            Process begun = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(log().toFile())
                    .start();
            process = begun;
            if (answers(begun)) {
                return true;
            }
        } catch (IOException e) {
            throw new IllegalStateException("Redis (" + program + ") cannot be run: " + e.getMessage(), e);
        }
        kill();
        return false;
    }

    private boolean answers(Process begun) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (begun.isAlive() && System.nanoTime() - deadline < 0) {
            try {
                command("PING");
                return begun.isAlive();
            } catch (IllegalStateException refused) {
                if (!String.valueOf(refused.getMessage()).startsWith("LOADING")) {
                    return begun.isAlive(); // it wants a password, so it is up
                }
                waitFor(begun, Duration.ofMillis(10));
            } catch (UncheckedIOException notYet) {
                waitFor(begun, Duration.ofMillis(10));
            }
        }
        return false;
    }

    private void end(boolean forcibly) {
        Process running = process;
        if (running == null) {
            return;
        }
        if (forcibly) {
            running.destroyForcibly();
        } else {
            running.destroy();
        }
        if (!waitFor(running, PATIENCE)) {
            throw new IllegalStateException("Redis, process " + running.pid() + ", does not end");
        }
        process = null;
    }

    private static boolean waitFor(Process running, Duration patience) {
        try {
            return running.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            running.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for Redis", e);
        }
    }

    private Path log() {
        return directory.resolve("redis.log");
    }

    private String lastWords() {
        try {
            List<String> lines = Files.readAllLines(log());
            return String.join(" / ", lines.subList(Math.max(0, lines.size() - 3), lines.size()));
        } catch (IOException e) {
            return "nothing";
        }
    }

    private static final class Shared {
        private static final RealRedis INSTANCE = open();
    }
}
