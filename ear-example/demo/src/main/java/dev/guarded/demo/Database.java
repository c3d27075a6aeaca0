// SPDX-License-Identifier: Apache-2.0
package dev.guarded.demo;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The one database that both servers use: the H2 that the application server brings along, as a process of its own. */
final class Database {

    /** What a data source connects to; the database is in that process's memory and ends with it. */
    static final String URL = "jdbc:h2:tcp://127.0.0.1:" + Ports.DATABASE + "/mem:payouts;DB_CLOSE_DELAY=-1";

    private final Path wildfly;
    private final Program program;

    Database(Path wildfly, Path directory) {
        this.wildfly = wildfly;
        this.program = new Program("The database", directory.resolve("database.log"));
    }

    void start() {
        program.start(
                List.of(
                        Java.executable(),
                        "-Xmx256m",
                        "-Dh2.bindAddress=127.0.0.1",
                        "-cp",
                        jar().toString(),
                        "org.h2.tools.Server",
                        "-tcp",
                        "-tcpPort",
                        Integer.toString(Ports.DATABASE),
                        // The first connection creates the database.
                        "-ifNotExists"),
                Map.of());
        program.await(Duration.ofSeconds(20), Database::answers);
    }

    void stop() {
        program.stop();
    }

    /** The very jar of the servers' driver: a client and a server of two versions may not understand each other. */
    private Path jar() {
        Path module = wildfly.resolve("modules/system/layers/base/com/h2database/h2/main");
        try (Stream<Path> files = Files.list(module)) {
            return files.filter(file -> file.toString().endsWith(".jar"))
                    .findFirst()
                    .orElseThrow(() -> new DemoException("There is no database driver in " + module));
        } catch (IOException e) {
            throw new DemoException("There is no database driver in " + module + ": " + e.getMessage(), e);
        }
    }

    private static boolean answers() {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), Ports.DATABASE), 500);
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
