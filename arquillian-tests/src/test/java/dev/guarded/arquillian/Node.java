// SPDX-License-Identifier: Apache-2.0
package dev.guarded.arquillian;

import dev.guarded.arquillian.servers.Product;
import dev.guarded.testkit.FaultyProxy;
import dev.guarded.testkit.RealRedis;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.jboss.shrinkwrap.api.Archive;

/** A server of its own files and with all its deployments, that a test may kill, freeze, cut off from Redis and start again. */
abstract class Node {

    static final Duration PATIENCE = Duration.ofMinutes(3);

    private final Server server;
    private final FaultyProxy redis = FaultyProxy.to(RealRedis.shared().port());

    Node(Server server) {
        this.server = server;
        Runtime.getRuntime().addShutdownHook(new Thread(this::kill, "end-of-" + server.node()));
    }

    /** Makes the files of a server that has never been started, and whose default data source is the database given. */
    static Node of(Server server, String database, List<Archive<?>> archives) {
        try {
            return Product.underTest() == Product.WILDFLY
                    ? new WildFlyNode(server, database, archives)
                    : new AppServerNode(server, database, archives);
        } catch (IOException e) {
            throw new AssertionError("no files for " + server.node(), e);
        }
    }

    final Server server() {
        return server;
    }

    /** Returns the adapter's way to Redis. */
    final FaultyProxy redis() {
        return redis;
    }

    /** Returns the server's process, nothing if there never was one or it has ended. */
    abstract Optional<ProcessHandle> process();

    /** Begins to start the server, unless it runs. */
    final void start() {
        if (process().isPresent()) {
            return;
        }
        try {
            begin();
        } catch (IOException e) {
            throw new AssertionError(server.node() + " does not start", e);
        }
    }

    abstract void begin() throws IOException;

    /** Waits until everything is deployed. */
    abstract void awaitUp();

    /** Ends the server at once, as kill -9 does. */
    final void kill() {
        process().ifPresent(process -> {
            process.destroyForcibly();
            awaitEnd(process, PATIENCE);
        });
    }

    /** Stops the server as an operator does, by SIGTERM; how long that may take is the caller's to say. */
    final void stop(Duration patience) {
        ProcessHandle process = running();
        process.destroy();
        awaitEnd(process, patience);
    }

    private void awaitEnd(ProcessHandle process, Duration patience) {
        Awaitility.await(server.node() + " ends").atMost(patience).until(() -> !process.isAlive());
    }

    /** Stops the server without its noticing. */
    final void freeze() {
        signal("STOP");
    }

    /** Lets a frozen server go on. */
    final void thaw() {
        signal("CONT");
    }

    private void signal(String name) {
        try {
            new ProcessBuilder("kill", "-" + name, Long.toString(running().pid()))
                    .start()
                    .onExit()
                    .join();
        } catch (IOException e) {
            throw new AssertionError("no signal for " + server.node(), e);
        }
    }

    private ProcessHandle running() {
        return process().orElseThrow(() -> new IllegalStateException(server.node() + " does not run"));
    }
}
