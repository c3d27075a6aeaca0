// SPDX-License-Identifier: Apache-2.0
package dev.guarded.arquillian;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.guarded.arquillian.broken.UnknownName;
import dev.guarded.arquillian.broken.UnreadableDuration;
import dev.guarded.testkit.Proves;
import org.jboss.arquillian.container.test.api.Deployer;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.Archive;
import org.jboss.shrinkwrap.api.asset.ByteArrayAsset;
import org.junit.jupiter.api.Test;

/** Guards that cannot work fail the deployment, and say what to write instead. */
@ArquillianTest
@RunAsClient
class BadDeploymentsIT {

    @ArquillianResource
    Deployer deployer;

    @Deployment(name = "adapter", order = 1, testable = false)
    static Archive<?> adapter() {
        return Archives.adapter();
    }

    @Deployment(name = "unknown-name", managed = false, testable = false)
    static Archive<?> unknownName() {
        return Archives.alone("unknown-name").addClass(UnknownName.class);
    }

    @Deployment(name = "unreadable-duration", managed = false, testable = false)
    static Archive<?> unreadableDuration() {
        return Archives.alone("unreadable-duration").addClass(UnreadableDuration.class);
    }

    @Deployment(name = "without-parameters", managed = false, testable = false)
    static Archive<?> withoutParameterNames() {
        return Archives.alone("without-parameters")
                .addAsWebInfResource(
                        new ByteArrayAsset(WithoutParameterNames.compiled()),
                        "classes/" + WithoutParameterNames.NAME.replace('.', '/') + ".class");
    }

    @Test
    @Proves({"#24", "law 18"})
    void unknownNameInAnExpressionIsNamedWithItsMethod() {
        assertThat(refusal("unknown-name")).contains("UnknownName", "pay", "#{nope.id}", "orderId");
    }

    @Test
    @Proves("law 18")
    void unreadableDurationIsNamedWithItsMethod() {
        assertThat(refusal("unreadable-duration")).contains("UnreadableDuration", "pay", "30 secs", "30s");
    }

    @Test
    @Proves({"#24", "law 18"})
    void classCompiledWithoutParameterNamesIsToldHowToGetThem() {
        assertThat(refusal("without-parameters"))
                .contains(WithoutParameterNames.SIMPLE_NAME, "pay", "<parameters>true</parameters>", "#{p0");
    }

    private String refusal(String deployment) {
        Throwable refusal = catchThrowable(() -> deployer.deploy(deployment));
        assertThat(refusal).as("the deployment of %s fails", deployment).isNotNull();
        StringBuilder all = new StringBuilder();
        for (Throwable cause = refusal; cause != null; cause = cause.getCause()) {
            all.append(cause).append('\n');
        }
        return all.toString();
    }
}
