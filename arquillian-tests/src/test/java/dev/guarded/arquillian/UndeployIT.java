// SPDX-License-Identifier: Apache-2.0
package dev.guarded.arquillian;

import static org.assertj.core.api.Assertions.assertThat;

import dev.guarded.arquillian.app.Rest;
import dev.guarded.arquillian.servers.Product;
import dev.guarded.arquillian.undeploy.Events;
import dev.guarded.testkit.Proves;
import dev.guarded.testkit.RespConnection;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jboss.arquillian.container.test.api.Deployer;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.Archive;
import org.junit.jupiter.api.Test;

/** An application that is undeployed while 50 of its calls wait for locks and 20 hold them, beside one that stays. */
@ArquillianTest
@RunAsClient
class UndeployIT {

    private static final int HOLDERS = 20;
    private static final int WAITERS = 50;
    private static final String LEAVING = "leaving";

    @ArquillianResource
    Deployer deployer;

    @Deployment(name = "adapter", order = 1, testable = false)
    static Archive<?> adapter() {
        return Archives.adapter();
    }

    @Deployment(name = "staying", order = 2, testable = false)
    static Archive<?> staying() {
        return application("staying");
    }

    @Deployment(name = LEAVING, managed = false, testable = false)
    static Archive<?> leaving() {
        return application(LEAVING);
    }

    private static Archive<?> application(String name) {
        return Archives.alone(name)
                .addClass(Rest.class)
                .addPackage(Events.class.getPackage())
                .addPackage(RespConnection.class.getPackage());
    }

    @Test
    @Proves({"#23", "law 14"})
    void waitersFailAtOnceAndNoBodyOverlapsTheNextOwner() {
        NotedCalls.forget();
        deployer.deploy(LEAVING);
        NotedCalls.start(LEAVING, "hold", HOLDERS);
        NotedCalls.await("begin ", HOLDERS);
        NotedCalls.start(LEAVING, "wait", WAITERS);
        NotedCalls.awaitWaiters("staying", WAITERS);
        NotedCalls.start("staying", "pass", HOLDERS);
        NotedCalls.awaitWaiters("staying", WAITERS + HOLDERS);

        long command = Instant.now().toEpochMilli();
        ExecutorService watcher = Executors.newSingleThreadExecutor();
        try {
            CompletableFuture<Void> watched = CompletableFuture.runAsync(() -> watch(command), watcher);
            // On this thread, to which the harness is bound. It ends when the calls that hold have ended.
            deployer.undeploy(LEAVING);
            watched.join();
        } finally {
            watcher.shutdownNow();
        }
        List<String> all = NotedCalls.events("").stream()
                .map(event -> event.replaceAll(" @.*", ""))
                .toList();
        for (int number = 0; number < HOLDERS; number++) {
            assertThat(all).containsSubsequence("begin " + number, "end " + number, "next " + number);
        }
    }

    /** Sees the waiters fail while those that hold work on, and then lets these end. */
    private static void watch(long command) {
        List<String> failed = NotedCalls.await("failed wait ", WAITERS);
        assertThat(failed)
                // Open Liberty interrupts an application's threads, and some hear of that first.
                .allSatisfy(event ->
                        assertThat(event).containsAnyOf("application 'leaving' is being undeployed", "GUARDED-0102"));
        long slowest = failed.stream().mapToLong(UndeployIT::time).max().orElseThrow() - command;
        Figures.add("an application undeployed on " + Product.underTest() + ": its " + WAITERS
                + " calls that waited had failed " + slowest + " ms after the command");
        assertThat(slowest).as("ms from the command to the last failure").isLessThan(1_000);
        assertThat(NotedCalls.events("end ")).isEmpty();
        assertThat(NotedCalls.events("next ")).isEmpty();
        NotedCalls.end(HOLDERS);
        NotedCalls.await("next ", HOLDERS);
    }

    @Test
    @Proves({"#23", "law 14"})
    void applicationThatIsDeployedAgainIsServedAgain() {
        for (int round = 0; round < 3; round++) {
            deployer.deploy(LEAVING);
            assertThat(Server.ONE.get("/leaving/calls/leave")).startsWith("token ");
            assertThat(Server.ONE.get("/leaving/calls/left")).isEqualTo("left open: false, detached: true");
            deployer.undeploy(LEAVING);
            assertThat(Server.ONE.get("/staying/calls/left")).isEqualTo("left open: false, detached: false");
        }
    }

    private static long time(String event) {
        return Long.parseLong(event.substring(event.lastIndexOf('@') + 1));
    }
}
