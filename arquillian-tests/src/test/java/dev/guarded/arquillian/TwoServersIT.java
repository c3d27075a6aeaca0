// SPDX-License-Identifier: Apache-2.0
package dev.guarded.arquillian;

import static org.assertj.core.api.Assertions.assertThat;

import dev.guarded.testkit.Proves;
import dev.guarded.testkit.RealRedis;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.jboss.arquillian.container.test.api.ContainerController;
import org.jboss.arquillian.container.test.api.Deployer;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.container.test.api.TargetsContainer;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.Archive;
import org.junit.jupiter.api.Test;

/** Two servers that share nothing but Redis; the second is killed at the end. */
@ArquillianTest
@RunAsClient
class TwoServersIT {

    private static final String SECOND = "node-two";

    @ArquillianResource
    ContainerController containers;

    @ArquillianResource
    Deployer deployer;

    @Deployment(name = "adapter", order = 1, testable = false)
    @TargetsContainer("node-one")
    static Archive<?> adapter() {
        return Archives.adapter();
    }

    @Deployment(name = "application", order = 2, testable = false)
    @TargetsContainer("node-one")
    static Archive<?> application() {
        return Archives.application("servers");
    }

    @Deployment(name = "adapter-two", managed = false, testable = false)
    @TargetsContainer(SECOND)
    static Archive<?> adapterTwo() {
        return Archives.adapter();
    }

    @Deployment(name = "application-two", managed = false, testable = false)
    @TargetsContainer(SECOND)
    static Archive<?> applicationTwo() {
        return Archives.application("servers");
    }

    @Test
    @Proves({"H1", "H8", "law 1"})
    void serversExcludeEachOtherAndSurviveEachOther() {
        containers.start(SECOND);
        deployer.deploy("adapter-two");
        deployer.deploy("application-two");
        try {
            incrementsOnBothServersAreAllCounted();
            lockOfAKilledServerComesFreeWithinItsLease();
        } finally {
            containers.kill(SECOND);
        }
    }

    private static void incrementsOnBothServersAreAllCounted() {
        String query = "?times=125&port=" + RealRedis.shared().port();
        List<CompletableFuture<String>> answers = Stream.of(Server.values())
                .flatMap(server -> Stream.generate(() -> server).limit(4))
                .map(server -> server.ask("/servers/control/increment/nodes" + query))
                .toList();
        assertThat(answers).allSatisfy(answer -> assertThat(answer.join()).isEqualTo("done"));
        assertThat(RealRedis.shared().command("GET", "counter:nodes")).hasToString("1000");
    }

    /** The application's lease time is 3 s: granted not before the lease can end, and not long after. */
    private static void lockOfAKilledServerComesFreeWithinItsLease() {
        CompletableFuture<String> work = Server.TWO.ask("/servers/control/work/killed");
        Awaitility.await()
                .untilAsserted(() -> assertThat(Server.TWO.get("/servers/control/trace/killed"))
                        .isEqualTo("working"));
        assertThat(Server.ONE.get("/servers/control/acquire/killed?millis=0")).contains("node-two");
        Server.TWO.kill();
        String after = Server.ONE.get("/servers/control/acquire/killed?millis=10000");
        assertThat(after).startsWith("token ");
        assertThat(Long.parseLong(after.replaceAll(".* after (\\d+) ms", "$1"))).isBetween(500L, 4000L);
        assertThat(work).isCompletedExceptionally();
    }
}
