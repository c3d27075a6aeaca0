// SPDX-License-Identifier: Apache-2.0
package dev.guarded.arquillian;

import static org.assertj.core.api.Assertions.assertThat;

import dev.guarded.arquillian.app.Rest;
import dev.guarded.arquillian.inbound.JournalResource;
import dev.guarded.testkit.Proves;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.jboss.arquillian.container.test.api.Deployer;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.Archive;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;

/** The adapter's own message-driven beans, in two applications of which one leads. */
@ArquillianTest
@RunAsClient
class InboundIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @ArquillianResource
    Deployer deployer;

    @Deployment(name = "adapter", order = 1, testable = false)
    static Archive<?> adapter() {
        return Archives.adapter();
    }

    @Deployment(name = "beans-one", managed = false, testable = false)
    static Archive<?> one() {
        return application("beans-one");
    }

    @Deployment(name = "beans-two", managed = false, testable = false)
    static Archive<?> two() {
        return application("beans-two");
    }

    private static Archive<?> application(String name) {
        WebArchive web = Archives.alone(name).addClass(Rest.class).addPackage(JournalResource.class.getPackage());
        return Archives.withBeansOfTheAdapter(web, "Leader", "Witness");
    }

    @Test
    @Proves("law 14")
    void oneApplicationLeadsUntilItIsUndeployedAndBothHearOfLocks() {
        deployer.deploy("beans-one");
        awaitNoted("beans-one", "beans-one elected settlement, leads: true, in a transaction: true");
        deployer.deploy("beans-two");

        awaitHeard("beans-one heard granted merchant:7 by beans-two");
        awaitHeard("beans-two heard released merchant:7 by beans-two");
        assertThat(journal("beans-two")).doesNotContain("heard granted leader", "beans-two elected");

        deployer.undeploy("beans-one");
        awaitNoted("beans-two", "beans-two elected settlement, leads: true, in a transaction: true");

        deployer.undeploy("beans-two");
        deployer.deploy("beans-one");
        Awaitility.await()
                .atMost(PATIENCE)
                .until(() -> journal("beans-one")
                                .lines()
                                .filter(line -> line.startsWith("beans-one elected"))
                                .count()
                        == 2);
        deployer.undeploy("beans-one");
    }

    private static String journal(String application) {
        return Server.ONE.get("/" + application + "/inbound/journal");
    }

    private static void awaitNoted(String application, String line) {
        Awaitility.await()
                .atMost(PATIENCE)
                .untilAsserted(() -> assertThat(journal(application)).contains(line));
    }

    /** Uses a lock until a bean has heard of it: it hears from some time after its activation on. */
    private static void awaitHeard(String line) {
        Awaitility.await()
                .atMost(PATIENCE)
                .untilAsserted(() -> assertThat(Server.ONE.get("/beans-two/inbound/use/merchant:7"))
                        .contains(line));
    }
}
