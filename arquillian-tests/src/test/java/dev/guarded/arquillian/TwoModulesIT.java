// SPDX-License-Identifier: Apache-2.0
package dev.guarded.arquillian;

import static org.assertj.core.api.Assertions.assertThat;

import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.shrinkwrap.api.Archive;
import org.junit.jupiter.api.Test;

/** Two web modules of one EAR, with the interceptor in its lib and a bean of one name in each of them. */
@ArquillianTest
@RunAsClient
class TwoModulesIT {

    @Deployment(name = "adapter", order = 1, testable = false)
    static Archive<?> adapter() {
        return Archives.adapter();
    }

    @Deployment(name = "modules", order = 2, testable = false)
    static Archive<?> application() {
        return Archives.modules("left", "right");
    }

    @Test
    void eachModuleNamesItsLocksByItsOwnBean() {
        assertThat(Server.ONE.get("/left/module/name")).isEqualTo("of left");
        assertThat(Server.ONE.get("/right/module/name")).isEqualTo("of right");
    }
}
