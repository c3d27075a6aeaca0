// SPDX-License-Identifier: Apache-2.0
package dev.guarded.arquillian;

import static org.assertj.core.api.Assertions.assertThat;

import dev.guarded.testkit.Proves;
import dev.guarded.testkit.RealRedis;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** Servers exclude each other, and survive each other; the second is killed at the end. */
class TwoServersIT extends TwoServers {

    @Test
    @Proves({"H1", "H8", "law 1"})
    void serversExcludeEachOtherAndSurviveEachOther() {
        incrementsOnBothServersAreAllCounted();
        lockOfAKilledServerComesFreeWithinItsLease();
    }

    private static void incrementsOnBothServersAreAllCounted() {
        String query = "?times=125&port=" + RealRedis.shared().port();
        List<CompletableFuture<String>> answers = Stream.of(Server.TWO, Server.THREE)
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
        assertThat(Server.THREE.get("/servers/control/acquire/killed?millis=0")).contains("node-two");
        TWO.kill();
        String after = Server.THREE.get("/servers/control/acquire/killed?millis=10000");
        assertThat(after).startsWith("token ");
        assertThat(Long.parseLong(after.replaceAll(".* after (\\d+) ms", "$1"))).isBetween(500L, 4000L);
        assertThat(work).isCompletedExceptionally();
    }
}
