// SPDX-License-Identifier: Apache-2.0
package dev.guarded.arquillian.servers;

import dev.guarded.testkit.Loopback;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/**
 * A WildFly beside the one that Arquillian runs: with a configuration of its own, which a test may change for good and
 * load again, and a log of its own.
 */
public final class PlainWildFly implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final String STARTED = "WFLYSRV0025";
    private static final String STARTED_WITH_ERRORS = "WFLYSRV0026";

    private static final Pattern RECORD =
            Pattern.compile("(?m)^(?=(\\d{4}-\\d\\d-\\d\\d )?\\d\\d:\\d\\d:\\d\\d,\\d{3} )");

    private final Path home = Path.of("target", "node-one", "wildfly-" + System.getProperty("guarded.test.wildfly"))
            .toAbsolutePath();
    private final Path base;
    private final int http = Loopback.freePort();
    private final int management = Loopback.freePort();
    private final Process process;
    private final Thread lastResort = new Thread(this::close, "end-of-the-plain-wildfly");

    private PlainWildFly(String folder, Map<String, String> environment) throws IOException {
        this.base = Path.of("target", folder).toAbsolutePath();
        Folders.empty(base);
        Path configuration = Files.createDirectories(base.resolve("configuration"));
        for (Path file : files(home.resolve("standalone").resolve("configuration"))) {
            Files.copy(file, configuration.resolve(file.getFileName()));
        }
        openManagement(configuration.resolve("standalone.xml"));
        this.process = begin(environment);
        Runtime.getRuntime().addShutdownHook(lastResort);
        awaitStarted(1);
    }

    /**
     * Starts a server and waits until it is up.
     *
     * @param folder where in the build's target its files are, made anew
     * @param environment what it finds in its environment besides
     */
    public static PlainWildFly start(String folder, Map<String, String> environment) {
        try {
            return new PlainWildFly(folder, environment);
        } catch (IOException e) {
            throw new UncheckedIOException("WildFly does not start: " + e.getMessage(), e);
        }
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            return all.filter(Files::isRegularFile).toList();
        }
    }

    /** Lets whoever is on this machine manage the server over HTTP; it listens on 127.0.0.1 only. */
    private static void openManagement(Path standalone) throws IOException {
        String text = Files.readString(standalone);
        Files.writeString(
                standalone, text.replace(" http-authentication-factory=\"management-http-authentication\"", ""));
    }

    private Process begin(Map<String, String> environment) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                        home.resolve("bin").resolve("standalone.sh").toString(),
                        "-Djboss.server.base.dir=" + base,
                        "-Djboss.node.name=" + base.getFileName(),
                        "-Djboss.http.port=" + http,
                        "-Djboss.https.port=" + Loopback.freePort(),
                        "-Djboss.management.http.port=" + management,
                        "-b=127.0.0.1",
                        "-bmanagement=127.0.0.1")
                .redirectErrorStream(true)
                .redirectOutput(base.resolve("console.log").toFile());
        builder.environment()
                .put("JAVA_HOME", System.getProperty("guarded.test.java", System.getProperty("java.home")));
        builder.environment().put("JAVA_OPTS", "-Xmx512m -Djava.net.preferIPv4Stack=true");
        builder.environment().put("LAUNCH_JBOSS_IN_BACKGROUND", "true");
        builder.environment().putAll(environment);
        return builder.start();
    }

    /** Returns the port of its applications. */
    public int http() {
        return http;
    }

    /** Returns the process of the server itself. */
    public long pid() {
        return process.descendants()
                .filter(child -> child.info().command().orElse("").endsWith("java"))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("WildFly is not running"))
                .pid();
    }

    /** Returns its tool for HTTP. */
    public ManagementDesk desk() {
        return new ManagementDesk(management);
    }

    /** Gives commands to its command-line tool, one after the other until one fails; returns what it said. */
    public String commands(List<String> lines) {
        try {
            // Not into the server's folder, where a test may look for what the commands have.
            Path file = Files.write(Files.createTempFile("commands", ".cli"), lines);
            try {
                return commands(file);
            } finally {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Gives a file of commands to its command-line tool. */
    public String commands(Path file) {
        Tool tool = new Tool(
                home.resolve("bin").resolve("jboss-cli.sh"),
                List.of("--connect", "--controller=127.0.0.1:" + management),
                Map.of());
        try {
            return tool.run("--file=" + file.toAbsolutePath());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Loads its configuration again and waits until it is up. */
    public void reload() {
        int before = count();
        desk().done("", "reload");
        awaitStarted(before + 1);
    }

    private void awaitStarted(int times) {
        Awaitility.await("WildFly starts").atMost(PATIENCE).until(() -> count() >= times);
    }

    private int count() {
        String said = console();
        if (said.contains(STARTED_WITH_ERRORS)) {
            throw new IllegalStateException("WildFly started with errors: " + said);
        }
        return said.split(STARTED, -1).length - 1;
    }

    private String console() {
        try {
            return Files.readString(base.resolve("console.log"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns which of its files have a text, by their places in its folder. */
    public List<String> filesWith(String text) {
        try (Stream<Path> all = Files.walk(base)) {
            return all.filter(Files::isRegularFile)
                    .filter(file -> contents(file).contains(text))
                    .map(file -> base.relativize(file).toString())
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String contents(Path file) {
        try {
            return Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns everything that it has written to its logs. */
    public String logs() {
        StringBuilder text = new StringBuilder(console());
        try {
            for (Path file : files(base.resolve("log"))) {
                text.append(Files.readString(file));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    /** Returns what it has written to its logs at a level, each record with its stack trace and that one's causes. */
    public List<String> records(String level) {
        return RECORD.splitAsStream(logs())
                .filter(record -> record.lines().findFirst().orElse("").contains(" " + level + " "))
                .toList();
    }

    /** Waits until the server has ended by itself. */
    public void awaitEnd() {
        Awaitility.await("WildFly ends").atMost(PATIENCE).until(() -> !process.isAlive());
    }

    /** Ends the server and waits for its end; ending it again does nothing. */
    @Override
    public void close() {
        List<ProcessHandle> all = new ArrayList<>(process.descendants().toList());
        process.destroy();
        all.forEach(ProcessHandle::destroy);
        try {
            if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                all.forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (Thread.currentThread() != lastResort) {
            Runtime.getRuntime().removeShutdownHook(lastResort);
        }
    }
}
