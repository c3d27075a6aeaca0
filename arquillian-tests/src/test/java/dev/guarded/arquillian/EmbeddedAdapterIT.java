// SPDX-License-Identifier: Apache-2.0
package dev.guarded.arquillian;

import static org.assertj.core.api.Assertions.assertThat;

import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.shrinkwrap.api.Archive;
import org.junit.jupiter.api.Test;

/** The adapter inside the application's EAR, without any descriptor of a server. */
@ArquillianTest
@RunAsClient
class EmbeddedAdapterIT {

    @Deployment(testable = false)
    static Archive<?> application() {
        return Archives.applicationWithAdapter("embedded");
    }

    @Test
    void guardedMethodRunsUnderItsLock() {
        assertThat(Server.ONE.get("/embedded/control/run/ejb/a")).contains("held before commit: true");
    }

    @Test
    void refusalOfAGuardedMethodIsCaughtByItsApiType() {
        assertThat(Server.ONE.get("/embedded/control/refused/guarded/b"))
                .isEqualTo("refused by the api's type, holder thread known: true");
    }

    @Test
    void refusalOfTheInjectedManagerIsCaughtByItsApiType() {
        assertThat(Server.ONE.get("/embedded/control/refused/injected/c"))
                .isEqualTo("refused by the api's type, holder thread known: true");
    }
}
