// SPDX-License-Identifier: Apache-2.0
package dev.guarded.arquillian;

import static org.assertj.core.api.Assertions.assertThat;

import dev.guarded.arquillian.app.Rest;
import dev.guarded.arquillian.servers.Product;
import dev.guarded.arquillian.undeploy.Events;
import dev.guarded.arquillian.watch.ThreadsResource;
import dev.guarded.testkit.Proves;
import dev.guarded.testkit.RealRedis;
import dev.guarded.testkit.RespConnection;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.jboss.arquillian.container.test.api.Deployer;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.Archive;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.asset.EmptyAsset;
import org.jboss.shrinkwrap.api.spec.EnterpriseArchive;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The adapter is taken away while an application holds locks by it and waits for others. */
@ArquillianTest
@RunAsClient
class StopIT {

    private static final int HOLDERS = 20;
    private static final int WAITERS = 50;
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final Pattern STOPPED = Pattern.compile("GUARDED-0408 Guarded has stopped within (\\d+) ms(.*)\\.");

    @ArquillianResource
    Deployer deployer;

    @Deployment(name = "watching", testable = false)
    static Archive<?> watching() {
        return ShrinkWrap.create(WebArchive.class, "watching.war")
                .addClass(Rest.class)
                .addPackage(ThreadsResource.class.getPackage())
                .addAsWebInfResource(EmptyAsset.INSTANCE, "beans.xml");
    }

    @Deployment(name = "adapter", managed = false, testable = false)
    static Archive<?> adapter() {
        return Archives.adapter();
    }

    @Deployment(name = "beside", managed = false, testable = false)
    static Archive<?> beside() {
        return holding(Archives.alone("beside")).addClass(Rest.class);
    }

    @Deployment(name = "within", managed = false, testable = false)
    static Archive<?> within() {
        EnterpriseArchive ear = Archives.applicationWithAdapter("within");
        holding(ear.getAsType(WebArchive.class, "within.war"));
        return ear;
    }

    private static WebArchive holding(WebArchive application) {
        return application.addPackage(Events.class.getPackage()).addPackage(RespConnection.class.getPackage());
    }

    @Test
    @Proves("law 13")
    void adapterThatLeavesWithItsApplicationLeavesNoThreadAndNoConnection() {
        deployer.deploy("within");
        holdAndWait("within");

        leavesNothing("within");

        endBodies();
    }

    /** Left out by the POM on WildFly, which does not undeploy what an application refers to. */
    @Test
    @Tag("adapter-first")
    @Proves("law 13")
    void adapterThatLeavesBeforeItsApplicationLeavesNoThreadAndNoConnection() {
        deployer.deploy("adapter");
        deployer.deploy("beside");
        holdAndWait("beside");

        leavesNothing("adapter");

        endBodies();
        deployer.undeploy("beside");
    }

    /** Calls on threads that no server waits for: as many hold as there are locks, then all wait. */
    private static void holdAndWait(String application) {
        NotedCalls.forget();
        NotedCalls.start(application, "wait", HOLDERS);
        NotedCalls.await("begin ", HOLDERS);
        NotedCalls.start(application, "wait", WAITERS);
        NotedCalls.awaitWaiters(application, WAITERS);
        assertThat(connections()).isNotEmpty();
        assertThat(threads()).isNotEmpty();
    }

    private void leavesNothing(String deployment) {
        int before = stops().size();
        deployer.undeploy(deployment);

        Awaitility.await().atMost(PATIENCE).until(() -> stops().size() > before);
        MatchResult stop = stops().get(before);
        assertThat(Integer.parseInt(stop.group(1))).as("ms").isLessThanOrEqualTo(5_000);
        assertThat(stop.group(2)).as("what still runs").isEmpty();
        NotedCalls.await("failed wait ", WAITERS);
        Awaitility.await().untilAsserted(() -> {
            assertThat(connections()).isEmpty();
            assertThat(threads()).isEmpty();
        });
    }

    private static void endBodies() {
        NotedCalls.end(HOLDERS);
        NotedCalls.await("end ", HOLDERS);
    }

    /** The adapter names its connections. */
    private static List<String> connections() {
        return String.valueOf(RealRedis.shared().command("CLIENT", "LIST"))
                .lines()
                .filter(client -> client.contains(" name=guarded "))
                .toList();
    }

    private static String threads() {
        return Server.ONE.get("/watching/threads/of-the-adapter");
    }

    private static List<MatchResult> stops() {
        try {
            return STOPPED.matcher(Files.readString(Product.underTest().log(), StandardCharsets.UTF_8))
                    .results()
                    .toList();
        } catch (IOException e) {
            throw new AssertionError("the server has no log", e);
        }
    }
}
