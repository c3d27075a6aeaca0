// SPDX-License-Identifier: Apache-2.0
package dev.guarded.arquillian;

import static org.assertj.core.api.Assertions.assertThat;

import dev.guarded.testkit.Proves;
import dev.guarded.testkit.RealRedis;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.shrinkwrap.api.Archive;
import org.junit.jupiter.api.Test;

/** Two applications of one server that look the same manager up. */
@ArquillianTest
@RunAsClient
class TwoApplicationsIT {

    @Deployment(name = "adapter", order = 1, testable = false)
    static Archive<?> adapter() {
        return Archives.adapter();
    }

    @Deployment(name = "first", order = 2, testable = false)
    static Archive<?> first() {
        return Archives.application("first");
    }

    @Deployment(name = "second", order = 3, testable = false)
    static Archive<?> second() {
        return Archives.application("second");
    }

    @Test
    @Proves({"B11", "E10", "E11", "law 1"})
    void sameNameIsTheSameLock() {
        assertThat(Server.ONE.get("/first/control/identity/shared"))
                .startsWith("lock ")
                .isEqualTo(Server.ONE.get("/second/control/identity/shared"));
    }

    @Test
    @Proves({"H17", "law 1"})
    void twoThousandIncrementsOfAnUnprotectedCounterMakeTwoThousand() {
        String query = "?times=250&port=" + RealRedis.shared().port();
        List<CompletableFuture<String>> answers = Stream.of("first", "second")
                .flatMap(application -> Stream.generate(() -> application).limit(4))
                .map(application -> Server.ONE.ask("/" + application + "/control/increment/apps" + query))
                .toList();
        assertThat(answers).allSatisfy(answer -> assertThat(answer.join()).isEqualTo("done"));
        assertThat(RealRedis.shared().command("GET", "counter:apps")).hasToString("2000");
    }
}
