// SPDX-License-Identifier: Apache-2.0
package dev.guarded.arquillian;

import static org.assertj.core.api.Assertions.assertThat;

import dev.guarded.arquillian.servers.Folders;
import dev.guarded.testkit.RealRedis;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.jboss.shrinkwrap.api.Archive;
import org.jboss.shrinkwrap.api.exporter.ZipExporter;
import org.jspecify.annotations.Nullable;
import org.wildfly.core.launcher.Launcher;
import org.wildfly.core.launcher.StandaloneCommandBuilder;

/** A WildFly that deploys what lies in its folder. */
final class WildFlyNode extends Node {

    private static final Path NODES = Path.of("target", "nodes").toAbsolutePath();
    private static final Path HOME = NODES.resolve("wildfly-" + System.getProperty("guarded.test.wildfly"));

    /** The address of the data source that the server comes with. */
    private static final String OWN_DATABASE =
            "jdbc:h2:mem:test;DB_CLOSE_DELAY=-1;DB_CLOSE_ON_EXIT=FALSE;MODE=${wildfly.h2.compatibility.mode:REGULAR}";

    private final Path base;
    private final Path deployments;
    private final List<String> names;
    private @Nullable Process process;

    WildFlyNode(Server server, String database, List<Archive<?>> archives) throws IOException {
        super(server);
        base = NODES.resolve(server.node());
        deployments = base.resolve("deployments");
        names = archives.stream().map(Archive::getName).toList();
        Folders.empty(base);
        Folders.copy(HOME.resolve("standalone/configuration"), base.resolve("configuration"));
        Path configuration = base.resolve("configuration/standalone-full.xml");
        String own = Files.readString(configuration);
        assertThat(own).contains(OWN_DATABASE);
        Files.writeString(configuration, own.replace(OWN_DATABASE, database));
        Folders.empty(deployments);
        archives.forEach(archive -> archive.as(ZipExporter.class)
                .exportTo(deployments.resolve(archive.getName()).toFile()));
    }

    @Override
    Optional<ProcessHandle> process() {
        return Optional.ofNullable(process).filter(Process::isAlive).map(Process::toHandle);
    }

    @Override
    void begin() throws IOException {
        StandaloneCommandBuilder command = StandaloneCommandBuilder.of(HOME)
                .setJavaHome(System.getProperty("guarded.test.java"))
                .setBaseDirectory(base)
                .setServerConfiguration("standalone-full.xml")
                .setBindAddressHint("127.0.0.1")
                .setBindAddressHint("management", "127.0.0.1")
                .addJavaOptions(
                        "-Xmx512m",
                        "-Djboss.node.name=" + server().node(),
                        "-Djboss.socket.binding.port-offset=" + server().portOffset(),
                        "-Dguarded.test.node=" + server().node(),
                        "-Dguarded.test.redis=" + RealRedis.shared().uri(),
                        "-Dguarded.redis.uri=" + redis().uri());
        for (String name : names) {
            Files.deleteIfExists(deployed(name));
        }
        process = Launcher.of(command)
                .setRedirectErrorStream(true)
                .redirectOutput(base.resolve("console.log"))
                .launch();
    }

    @Override
    void awaitUp() {
        Awaitility.await(server().node()).atMost(PATIENCE).until(() -> {
            assertThat(names).noneMatch(name -> Files.exists(deployments.resolve(name + ".failed")));
            return names.stream().map(this::deployed).allMatch(Files::exists);
        });
    }

    /** The server's sign that it has deployed something. */
    private Path deployed(String name) {
        return deployments.resolve(name + ".deployed");
    }
}
