// SPDX-License-Identifier: Apache-2.0
package dev.guarded.redis.chaos;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Another JVM, with the class path of this one. */
final class Child implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Process process;

    private Child(Process process) {
        this.process = process;
    }

    /** Starts a JVM; what it prints goes to a file. */
    static Child start(Class<?> main, List<String> arguments, Path output) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx64m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-XX:-UsePerfData",
                "-cp",
                System.getProperty("java.class.path"),
                main.getName()));
        command.addAll(arguments);
        try {
            return new Child(new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    long pid() {
        return process.pid();
    }

    /** Stops it where it stands, all threads at once. */
    void pause() {
        signal("STOP");
    }

    /** Lets it go on, as if no time had passed. */
    void resume() {
        signal("CONT");
    }

    /** Ends it before it can do anything about it; fails if it had ended by itself. */
    void kill() {
        if (!process.isAlive()) {
            throw new AssertionError("process " + pid() + " has ended with " + process.exitValue());
        }
        process.destroyForcibly();
        awaitEnd();
    }

    /** Sends a line to its standard input. */
    void tell(String line) {
        try {
            OutputStream in = process.getOutputStream();
            in.write((line + "\n").getBytes(StandardCharsets.UTF_8));
            in.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits for its end, and fails if that is not a good one. */
    void awaitGoodEnd() {
        if (awaitEnd() != 0) {
            throw new AssertionError("process " + pid() + " has ended with " + process.exitValue());
        }
    }

    private int awaitEnd() {
        try {
            if (!process.waitFor(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new AssertionError("process " + pid() + " does not end");
            }
            return process.exitValue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    private void signal(String name) {
        try {
            Process sent = new ProcessBuilder("/bin/sh", "-c", "kill -" + name + " " + pid()).start();
            if (sent.waitFor() != 0) {
                throw new AssertionError("process " + pid() + " cannot be sent " + name);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
