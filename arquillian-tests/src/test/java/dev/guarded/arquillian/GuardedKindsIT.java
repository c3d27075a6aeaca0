// SPDX-License-Identifier: Apache-2.0
package dev.guarded.arquillian;

import static org.assertj.core.api.Assertions.assertThat;

import dev.guarded.testkit.Proves;
import org.awaitility.Awaitility;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.shrinkwrap.api.Archive;
import org.junit.jupiter.api.Test;

/** The annotation on every kind of bean that may bear it, in a running server. */
@ArquillianTest
@RunAsClient
class GuardedKindsIT {

    @Deployment(name = "adapter", order = 1, testable = false)
    static Archive<?> adapter() {
        return Archives.adapter();
    }

    @Deployment(name = "application", order = 2, testable = false)
    static Archive<?> application() {
        return Archives.application("kinds");
    }

    @Test
    @Proves({"#19", "law 12"})
    void lockOfAnEjbSurroundsTheCommit() {
        assertThat(Server.ONE.get("/kinds/control/run/ejb/a"))
                .startsWith("token ")
                .contains("held before commit: true, committed: true")
                .endsWith("locked afterwards: false");
    }

    @Test
    @Proves({"#19", "law 12"})
    void lockOfATransactionalBeanSurroundsTheCommit() {
        assertThat(Server.ONE.get("/kinds/control/run/cdi/a"))
                .startsWith("token ")
                .contains("held before commit: true, committed: true")
                .endsWith("locked afterwards: false");
    }

    @Test
    void resourceMethodRunsUnderItsLock() {
        assertThat(Server.ONE.get("/kinds/guarded/rest/a")).startsWith("token ");
    }

    @Test
    void timerRunsUnderItsLock() {
        Awaitility.await()
                .untilAsserted(() ->
                        assertThat(Server.ONE.get("/kinds/control/trace/timer")).startsWith("token "));
    }

    @Test
    void messageIsHandledUnderTheLockItNames() {
        assertThat(Server.ONE.get("/kinds/messages/send")).isEqualTo("sent");
        Awaitility.await()
                .untilAsserted(() ->
                        assertThat(Server.ONE.get("/kinds/control/trace/mdb")).startsWith("token "));
    }

    @Test
    void observerHearsOfALossOfItsApplication() {
        String token = Server.ONE.get("/kinds/control/lose/d");
        assertThat(token).startsWith("token ");
        Awaitility.await()
                .untilAsserted(() -> assertThat(Server.ONE.get("/kinds/control/trace/loss%20of%20d"))
                        .isEqualTo(token));
    }

    @Test
    @Proves("C5")
    void refusalOfAGuardedMethodIsCaughtByItsApiType() {
        assertThat(Server.ONE.get("/kinds/control/refused/guarded/b"))
                .isEqualTo("refused by the api's type, holder thread known: true");
    }

    @Test
    void refusalOfTheInjectedManagerIsCaughtByItsApiType() {
        assertThat(Server.ONE.get("/kinds/control/refused/injected/c"))
                .isEqualTo("refused by the api's type, holder thread known: true");
    }
}
