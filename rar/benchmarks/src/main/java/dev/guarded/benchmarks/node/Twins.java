// SPDX-License-Identifier: Apache-2.0
package dev.guarded.benchmarks.node;

import dev.guarded.benchmarks.peer.PeerKind;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Two further JVMs with all peers of a scenario, and the section that they share. They end with this one. */
public final class Twins implements AutoCloseable {

    private final Path file;
    private final SharedSection section;
    private final List<Side> sides = new ArrayList<>();

    /**
     * Starts them and connects their peers.
     *
     * @param port the port of 127.0.0.1 where Redis is
     * @param kinds which peers
     */
    public Twins(int port, List<PeerKind> kinds) throws IOException {
        file = Files.createTempFile("guarded-section", null);
        section = new SharedSection(file);
        try {
            sides.add(new Side(port, 1, file));
            sides.add(new Side(port, 2, file));
            for (PeerKind kind : kinds) {
                both("open " + kind);
            }
        } catch (IOException | RuntimeException e) {
            close();
            throw e;
        }
    }

    /** {@return what the lock protects in all JVMs} */
    public SharedSection section() {
        return section;
    }

    /**
     * Has both do the same at once.
     *
     * @param command what
     * @return their answers
     */
    public List<String> both(String command) throws IOException {
        for (Side side : sides) {
            side.say(command);
        }
        List<String> answers = new ArrayList<>();
        for (Side side : sides) {
            answers.add(side.answer());
        }
        return answers;
    }

    /**
     * Has the first do something.
     *
     * @param command what
     */
    public String first(String command) throws IOException {
        sides.get(0).say(command);
        return sides.get(0).answer();
    }

    /**
     * Has the second do something.
     *
     * @param command what
     */
    public String second(String command) throws IOException {
        sides.get(1).say(command);
        return sides.get(1).answer();
    }

    @Override
    public void close() {
        sides.forEach(Side::end);
        file.toFile().deleteOnExit();
    }

    private static final class Side {

        private final Process process;
        private final BufferedWriter in;
        private final BufferedReader out;

        Side(int port, int number, Path file) throws IOException {
            process = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-cp",
                            System.getProperty("java.class.path"),
                            Node.class.getName(),
                            Integer.toString(port),
                            Integer.toString(number),
                            file.toString())
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
            in = new BufferedWriter(new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8));
            out = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        }

        void say(String command) throws IOException {
            in.write(command);
            in.newLine();
            in.flush();
        }

        String answer() throws IOException {
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                String answer = Node.answerIn(line);
                if (answer != null) {
                    return answer;
                }
            }
            throw new IOException("the other JVM, process " + process.pid() + ", has ended; see what it said above");
        }

        void end() {
            process.destroyForcibly();
        }
    }
}
