// SPDX-License-Identifier: Apache-2.0
package dev.guarded.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** A process that the demo starts and ends, and where it writes what it has to say. */
final class Program {

    private static final Duration FAREWELL = Duration.ofSeconds(15);

    private final String name;
    private final Path log;
    private @Nullable Process process;

    Program(String name, Path log) {
        this.name = name;
        this.log = log;
    }

    synchronized void start(List<String> command, Map<String, String> environment) {
        if (running()) {
            return;
        }
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectInput(ProcessBuilder.Redirect.PIPE)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().putAll(environment);
        try {
            Files.createDirectories(log.getParent());
            process = builder.start();
        } catch (IOException e) {
            throw new DemoException(name + " cannot be run: " + e.getMessage(), e);
        }
    }

    /**
     * Waits until the program answers.
     *
     * @throws DemoException if it ends before that, or says nothing in time
     */
    void await(Duration patience, BooleanSupplier answers) {
        long deadline = System.nanoTime() + patience.toNanos();
        while (!answers.getAsBoolean()) {
            if (!running()) {
                throw new DemoException(name + " has ended; its log is " + log);
            }
            if (System.nanoTime() - deadline > 0) {
                throw new DemoException(
                        name + " does not answer after " + patience.toSeconds() + " s; its log is " + log);
            }
            Pause.of(Duration.ofMillis(100));
        }
    }

    synchronized boolean running() {
        return process != null && process.isAlive();
    }

    synchronized long pid() {
        if (process == null) {
            throw new DemoException(name + " does not run; its log is " + log);
        }
        return process.pid();
    }

    /** Ends the program as its operator would; kills it if it takes too long. */
    synchronized void stop() {
        Process running = process;
        if (running != null) {
            running.destroy();
            end(running, FAREWELL);
        }
    }

    /** Ends the program with SIGKILL: it has no chance to release anything. */
    synchronized void kill() {
        Process running = process;
        if (running != null) {
            end(running, Duration.ZERO);
        }
    }

    private void end(Process running, Duration patience) {
        try {
            if (!running.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                running.destroyForcibly().waitFor();
            }
            process = null;
        } catch (InterruptedException e) {
            running.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
