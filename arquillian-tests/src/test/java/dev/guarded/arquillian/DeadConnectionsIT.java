// SPDX-License-Identifier: Apache-2.0
package dev.guarded.arquillian;

import static org.assertj.core.api.Assertions.assertThat;

import dev.guarded.arquillian.app.Rest;
import dev.guarded.arquillian.pool.PoolResource;
import dev.guarded.testkit.Proves;
import dev.guarded.testkit.RealRedis;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.shrinkwrap.api.Archive;
import org.junit.jupiter.api.Test;

/** What callers hear of when every connection dies that the server's pool has. */
@ArquillianTest
@RunAsClient
class DeadConnectionsIT {

    private static final int CALLERS = 12;

    @Deployment(name = "adapter", order = 1, testable = false)
    static Archive<?> adapter() {
        return Archives.adapter();
    }

    @Deployment(name = "dead", order = 2, testable = false)
    static Archive<?> application() {
        return Archives.alone("dead").addClass(Rest.class).addPackage(PoolResource.class.getPackage());
    }

    @Test
    @Proves("law 13")
    void noCallerHearsOfConnectionsThatWereKilled() {
        for (int round = 0; round < 5; round++) {
            assertThat(crowd(10_000)).allSatisfy(answer -> assertThat(answer).startsWith("token "));
            RealRedis.shared().command("CLIENT", "KILL", "TYPE", "pubsub");
            RealRedis.shared().command("CLIENT", "KILL", "TYPE", "normal", "SKIPME", "yes");
            // They ask once and do not wait, so nothing that fails can be tried again later.
            assertThat(crowd(0)).allSatisfy(answer -> assertThat(answer).startsWith("token "));
        }
    }

    private static List<String> crowd(long millis) {
        List<CompletableFuture<String>> answers = IntStream.range(0, CALLERS)
                .mapToObj(number -> Server.ONE.ask("/dead/calls/use/crowd-" + number + "?millis=" + millis))
                .toList();
        return answers.stream().map(CompletableFuture::join).toList();
    }
}
