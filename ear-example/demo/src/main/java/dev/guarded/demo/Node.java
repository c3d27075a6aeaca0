// SPDX-License-Identifier: Apache-2.0
package dev.guarded.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** One of the two application servers: WildFly as it is shipped, with a directory of its own. */
final class Node {

    private static final int CONNECTIONS = 60;

    private final String name;
    private final int offset;
    private final Path wildfly;
    private final Path directory;
    private final Program program;
    private volatile boolean frozen;

    Node(String name, int offset, Path wildfly, Path directory) {
        this.name = name;
        this.offset = offset;
        this.wildfly = wildfly;
        this.directory = directory;
        this.program = new Program(name, directory.resolve("log/console.log"));
    }

    String name() {
        return name;
    }

    int port() {
        return Ports.WEB + offset;
    }

    /** Where a browser finds it. */
    String address() {
        return "http://localhost:" + port();
    }

    /** Where programs find it, however localhost is resolved. */
    String uri() {
        return "http://127.0.0.1:" + port();
    }

    Path log() {
        return directory.resolve("log/server.log");
    }

    /** Copies the server's directory and puts the adapter and the application into it. */
    void prepare(Path archives) {
        Directories.delete(directory);
        Directories.copy(wildfly.resolve("standalone"), directory);
        Configuration.read(directory.resolve("configuration/standalone.xml"))
                .dataSource(Database.URL, CONNECTIONS)
                .withoutWelcome()
                .write();
        Directories.copy(archives, directory.resolve("deployments"));
    }

    /** Starts the server; {@link #await} says when it answers. */
    void start() {
        // Not by its script: the process is to be the server itself, so that kill -9 means the server.
        List<String> command = new ArrayList<>(List.of(Java.executable(), "-D[Standalone]", "-Xms64m", "-Xmx512m"));
        Java.serverOptions().forEach(command::add);
        command.addAll(List.of(
                "-Djava.net.preferIPv4Stack=true",
                "-Djava.awt.headless=true",
                "-Dorg.jboss.boot.log.file=" + log(),
                "-Dlogging.configuration="
                        + directory.resolve("configuration/logging.properties").toUri(),
                "-jar",
                wildfly.resolve("jboss-modules.jar").toString(),
                "-mp",
                wildfly.resolve("modules").toString(),
                "org.jboss.as.standalone",
                "-Djboss.home.dir=" + wildfly,
                "-Djboss.server.base.dir=" + directory,
                "-Djboss.node.name=" + name,
                "-Djboss.tx.node.id=" + name,
                "-Djboss.socket.binding.port-offset=" + offset,
                "-c",
                "standalone.xml",
                "-b",
                "127.0.0.1",
                "-bmanagement",
                "127.0.0.1"));
        program.start(command, environment());
    }

    void await(Client client) {
        program.await(Duration.ofMinutes(5), () -> {
            refuseFailedDeployment();
            return client.get(this, "/api/state").status() == 200;
        });
    }

    boolean running() {
        return program.running();
    }

    void stop() {
        if (frozen) {
            program.kill(); // it cannot hear anything else
        } else {
            program.stop();
        }
    }

    void kill() {
        program.kill();
    }

    /** Stops the process where it is, as a long pause of its JVM or its virtual machine would. */
    void freeze() {
        signal("-STOP");
        frozen = true;
    }

    void resume() {
        signal("-CONT");
        frozen = false;
    }

    private Map<String, String> environment() {
        return Map.of(
                "GUARDED_REDIS_URI", RedisServer.URI,
                "PAYOUTS_BANK", uri() + "/bank",
                "PAYOUTS_NODES", "http://127.0.0.1:" + Ports.WEB + ",http://127.0.0.1:" + (Ports.WEB + Ports.OFFSET));
    }

    private void refuseFailedDeployment() {
        for (String archive : List.of("guarded.rar", "payouts.ear")) {
            if (Files.exists(directory.resolve("deployments/" + archive + ".failed"))) {
                throw new DemoException(archive + " does not start on " + name + "; why is in " + log());
            }
        }
    }

    private void signal(String signal) {
        try {
            Process kill = new ProcessBuilder("kill", signal, Long.toString(program.pid())).start();
            if (!kill.waitFor(5, TimeUnit.SECONDS) || kill.exitValue() != 0) {
                throw new DemoException("kill " + signal + " did not reach " + name);
            }
        } catch (IOException e) {
            throw new DemoException("This system has no command kill: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DemoException("interrupted", e);
        }
    }
}
