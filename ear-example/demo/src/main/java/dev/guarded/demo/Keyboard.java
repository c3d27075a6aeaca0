// SPDX-License-Identifier: Apache-2.0
package dev.guarded.demo;

import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;

/** Reads keys: one by one from a terminal, from the lines of anything else. */
final class Keyboard {

    private final InputStream input = System.in;
    private boolean raw;

    /** Lets a terminal hand over each key at once; elsewhere the key counts when its line ends. */
    void open() {
        raw = succeeds("test", "-t", "0") && succeeds("stty", "-icanon", "-echo", "min", "1");
    }

    /** Gives the terminal back as a shell expects it. */
    void close() {
        if (raw) {
            raw = false;
            succeeds("stty", "icanon", "echo");
        }
    }

    /** Hands over every key until the input ends, which a run without a terminal does at once. */
    void read(IntConsumer key) {
        try {
            for (int read = input.read(); read >= 0; read = input.read()) {
                if (!Character.isWhitespace(read)) {
                    key.accept(Character.toLowerCase(read));
                }
            }
        } catch (IOException closed) {
            Screen.line("No more keys: " + closed.getMessage());
        }
    }

    /** Runs a command on our own input, which tells nothing unless that is a terminal. */
    private static boolean succeeds(String... command) {
        try {
            Process process = new ProcessBuilder(command)
                    .redirectInput(ProcessBuilder.Redirect.INHERIT)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            if (process.waitFor(2, TimeUnit.SECONDS)) {
                return process.exitValue() == 0;
            }
            process.destroyForcibly();
            return false;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
