// SPDX-License-Identifier: Apache-2.0
package dev.guarded.arquillian.servers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A command-line program of a server, run with the Java that the server is to have.
 *
 * @param program its file
 * @param first what every call begins with
 * @param environment what it finds there besides
 */
record Tool(Path program, List<String> first, Map<String, String> environment) {

    /** Long enough for a machine that is busy with something else. */
    private static final int PATIENCE_MINUTES = 8;

    /**
     * Runs the program to its end and returns what it said.
     *
     * @throws IOException if it fails, with what it said in the message
     */
    String run(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(program.toString()));
        command.addAll(first);
        command.addAll(List.of(arguments));
        Path said = Files.createTempFile("tool", ".txt");
        try {
            Process process = builder(command, said).start();
            if (!process.waitFor(PATIENCE_MINUTES, TimeUnit.MINUTES)) {
                process.destroyForcibly();
                throw new IOException(command + " did not end within " + PATIENCE_MINUTES + " min: " + text(said));
            }
            if (process.exitValue() != 0) {
                throw new IOException(command + " ended with " + process.exitValue() + ": " + text(said));
            }
            return text(said);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(command + " was interrupted", e);
        } finally {
            Files.deleteIfExists(said);
        }
    }

    private ProcessBuilder builder(List<String> command, Path said) {
        String java = System.getProperty("guarded.test.java", System.getProperty("java.home"));
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                // Not a pipe: a server that the program leaves behind would keep its end open.
                .redirectOutput(said.toFile());
        builder.environment().put("JAVA_HOME", java);
        builder.environment().put("AS_JAVA", java);
        builder.environment().putAll(environment);
        return builder;
    }

    private static String text(Path said) throws IOException {
        return Files.readString(said).strip();
    }
}
