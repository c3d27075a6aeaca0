// SPDX-License-Identifier: Apache-2.0
package dev.guarded.arquillian;

import static org.assertj.core.api.Assertions.assertThat;

import dev.guarded.arquillian.servers.Folders;
import dev.guarded.testkit.FaultyProxy;
import dev.guarded.testkit.RealRedis;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.jboss.shrinkwrap.api.Archive;
import org.jboss.shrinkwrap.api.exporter.ZipExporter;
import org.jspecify.annotations.Nullable;
import org.wildfly.core.launcher.Launcher;
import org.wildfly.core.launcher.StandaloneCommandBuilder;

/** A WildFly of its own files and with all its deployments, that a test may kill, freeze, cut off from Redis and start again. */
final class Node {

    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final Path NODES = Path.of("target", "nodes").toAbsolutePath();
    private static final Path HOME = NODES.resolve("wildfly-" + System.getProperty("guarded.test.wildfly"));

    /** The address of the data source that the server comes with. */
    private static final String OWN_DATABASE =
            "jdbc:h2:mem:test;DB_CLOSE_DELAY=-1;DB_CLOSE_ON_EXIT=FALSE;MODE=${wildfly.h2.compatibility.mode:REGULAR}";

    private final Server server;
    private final Path base;
    private final Path deployments;
    private final List<String> names;
    private final FaultyProxy redis = FaultyProxy.to(RealRedis.shared().port());
    private @Nullable Process process;

    private Node(Server server, List<String> names) {
        this.server = server;
        this.base = NODES.resolve(server.node());
        this.deployments = base.resolve("deployments");
        this.names = names;
        Runtime.getRuntime().addShutdownHook(new Thread(this::kill, "end-of-" + server.node()));
    }

    /** Makes the files of a server that has never been started, and whose default data source is the database given. */
    static Node of(Server server, String database, List<Archive<?>> archives) {
        Node node = new Node(server, archives.stream().map(Archive::getName).toList());
        try {
            Folders.empty(node.base);
            Folders.copy(HOME.resolve("standalone/configuration"), node.base.resolve("configuration"));
            Path configuration = node.base.resolve("configuration/standalone-full.xml");
            String own = Files.readString(configuration);
            assertThat(own).contains(OWN_DATABASE);
            Files.writeString(configuration, own.replace(OWN_DATABASE, database));
            Folders.empty(node.deployments);
        } catch (IOException e) {
            throw new AssertionError("no files for " + server.node(), e);
        }
        archives.forEach(archive -> archive.as(ZipExporter.class)
                .exportTo(node.deployments.resolve(archive.getName()).toFile()));
        return node;
    }

    /** Returns the adapter's way to Redis. */
    FaultyProxy redis() {
        return redis;
    }

    /** Begins to start the server, unless it runs. */
    void start() {
        if (process != null && process.isAlive()) {
            return;
        }
        StandaloneCommandBuilder command = StandaloneCommandBuilder.of(HOME)
                .setJavaHome(System.getProperty("guarded.test.java"))
                .setBaseDirectory(base)
                .setServerConfiguration("standalone-full.xml")
                .setBindAddressHint("127.0.0.1")
                .setBindAddressHint("management", "127.0.0.1")
                .addJavaOptions(
                        "-Xmx512m",
                        "-Djboss.node.name=" + server.node(),
                        "-Djboss.socket.binding.port-offset=" + server.portOffset(),
                        "-Dguarded.test.redis=" + RealRedis.shared().uri(),
                        "-Dguarded.redis.uri=" + redis.uri());
        try {
            for (String name : names) {
                Files.deleteIfExists(deployed(name));
            }
            process = Launcher.of(command)
                    .setRedirectErrorStream(true)
                    .redirectOutput(base.resolve("console.log"))
                    .launch();
        } catch (IOException e) {
            throw new AssertionError(server.node() + " does not start", e);
        }
    }

    /** Waits until everything is deployed. */
    void awaitUp() {
        Awaitility.await(server.node()).atMost(PATIENCE).until(() -> {
            assertThat(names).noneMatch(name -> Files.exists(deployments.resolve(name + ".failed")));
            return names.stream().map(this::deployed).allMatch(Files::exists);
        });
    }

    /** The server's sign that it has deployed something. */
    private Path deployed(String name) {
        return deployments.resolve(name + ".deployed");
    }

    /** Ends the server at once, as kill -9 does. */
    void kill() {
        if (process != null) {
            process.destroyForcibly().onExit().join();
        }
    }

    /** Stops the server as an operator does, by SIGTERM; how long that may take is the caller's to say. */
    void stop(Duration patience) {
        if (process == null) {
            throw new IllegalStateException(server.node() + " does not run");
        }
        process.destroy();
        Awaitility.await(server.node() + " ends").atMost(patience).until(() -> !process.isAlive());
    }

    /** Stops the server without its noticing. */
    void freeze() {
        signal("STOP");
    }

    /** Lets a frozen server go on. */
    void thaw() {
        signal("CONT");
    }

    private void signal(String name) {
        if (process == null) {
            throw new IllegalStateException(server.node() + " does not run");
        }
        try {
            new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                    .start()
                    .onExit()
                    .join();
        } catch (IOException e) {
            throw new AssertionError("no signal for " + server.node(), e);
        }
    }
}
