// SPDX-License-Identifier: Apache-2.0
package dev.guarded.demo;

import java.nio.file.Path;
import java.util.List;

/** Everything that the demo starts, and ends again whatever happens. */
final class Machines {

    private final Path archives;
    private final RedisServer redis;
    private final Database database;
    private final Node one;
    private final Node two;

    /**
     * Knows where everything is.
     *
     * @param built the directory into which the build has put the server and the archives
     * @param server the name of the server's directory there
     */
    Machines(Path built, String server) {
        Path wildfly = built.resolve(server);
        Path running = built.resolve("running");
        this.archives = built.resolve("archives");
        this.redis = new RedisServer(running.resolve("redis"));
        this.database = new Database(wildfly, running.resolve("database"));
        this.one = new Node("node-one", 0, wildfly, running.resolve("node-one"));
        this.two = new Node("node-two", Ports.OFFSET, wildfly, running.resolve("node-two"));
    }

    void start(Client client) {
        redis.start();
        database.start();
        for (Node node : nodes()) {
            node.prepare(archives);
            node.start();
        }
        for (Node node : nodes()) {
            node.await(client);
        }
    }

    void stop() {
        // At once, so that the slower of the two servers is all one waits for.
        List<Thread> farewells = nodes().stream()
                .map(node -> new Thread(node::stop, node.name() + "-end"))
                .toList();
        farewells.forEach(Thread::start);
        for (Thread farewell : farewells) {
            try {
                farewell.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        database.stop();
        redis.stop();
    }

    RedisServer redis() {
        return redis;
    }

    Node one() {
        return one;
    }

    Node two() {
        return two;
    }

    List<Node> nodes() {
        return List.of(one, two);
    }
}
