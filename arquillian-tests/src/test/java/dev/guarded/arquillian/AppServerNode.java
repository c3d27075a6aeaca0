// SPDX-License-Identifier: Apache-2.0
package dev.guarded.arquillian;

import dev.guarded.arquillian.servers.AppServer;
import dev.guarded.arquillian.servers.Setup;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.jboss.shrinkwrap.api.Archive;
import org.jboss.shrinkwrap.api.exporter.ZipExporter;
import org.jboss.shrinkwrap.api.spec.ResourceAdapterArchive;

/** A Payara Server or Open Liberty that is told once what to deploy, and remembers it. */
final class AppServerNode extends Node {

    /** A page of each application that both nodes have. */
    private static final List<String> PAGES = List.of("/servers/control/trace/none", "/nodes/calls/waiters/0");

    private final AppServer files;
    private final Path archived;
    private final List<Archive<?>> archives;
    private boolean deployed;
    private Optional<ProcessHandle> process = Optional.empty();

    AppServerNode(Server server, String database, List<Archive<?>> archives) throws IOException {
        super(server);
        this.archives = archives;
        Path folder = Path.of("target", "nodes", server.node()).toAbsolutePath();
        archived = folder.resolve("archives");
        files = AppServer.of(new Setup(server.node(), folder, server.port(), redis().uri(), Optional.of(database)));
        files.create();
    }

    @Override
    Optional<ProcessHandle> process() {
        return process.filter(ProcessHandle::isAlive);
    }

    @Override
    void begin() throws IOException {
        try {
            files.start();
        } finally {
            // Also of one that does not get as far as it should: it is to end with the tests.
            process = files.process();
        }
        if (!deployed) {
            archived.toFile().mkdirs();
            for (Archive<?> archive : archives) {
                deploy(archive);
            }
            deployed = true;
        }
    }

    private void deploy(Archive<?> archive) throws IOException {
        Path file = archived.resolve(archive.getName());
        archive.as(ZipExporter.class).exportTo(file.toFile());
        if (archive instanceof ResourceAdapterArchive) {
            files.deployAdapter(file);
        } else {
            files.deployApplication(archive.getName().replaceFirst("\\.[^.]*$", ""), file, false);
        }
    }

    @Override
    void awaitUp() {
        Awaitility.await(server().node())
                .atMost(PATIENCE)
                .ignoreException(AssertionError.class)
                .until(() -> PAGES.stream()
                        .allMatch(page -> server().answer(page).statusCode() == HttpURLConnection.HTTP_OK));
    }
}
