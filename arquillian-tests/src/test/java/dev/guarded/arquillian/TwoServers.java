// SPDX-License-Identifier: Apache-2.0
package dev.guarded.arquillian;

import java.util.List;
import org.jboss.shrinkwrap.api.Archive;
import org.junit.jupiter.api.BeforeAll;

/** Two servers that share nothing but Redis and a database, up before each test class and up still when the next one begins. */
abstract class TwoServers {

    static final SharedDatabase DATABASE = new SharedDatabase();
    static final Node TWO = node(Server.TWO);
    static final Node THREE = node(Server.THREE);

    private static Node node(Server server) {
        List<Archive<?>> archives = List.of(Archives.adapter(), Archives.application("servers"), Archives.nodes());
        return Node.of(server, DATABASE.url(), archives);
    }

    @BeforeAll
    static void bothAreUp() {
        TWO.start();
        THREE.start();
        TWO.awaitUp();
        THREE.awaitUp();
    }
}
