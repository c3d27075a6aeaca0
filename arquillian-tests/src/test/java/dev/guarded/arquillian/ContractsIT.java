// SPDX-License-Identifier: Apache-2.0
package dev.guarded.arquillian;

import static org.assertj.core.api.Assertions.assertThat;

import dev.guarded.testkit.Proves;
import java.util.stream.Stream;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.shrinkwrap.api.Archive;
import org.junit.jupiter.api.Test;

/** The contracts of every kind of lock, inside the server, through its pool and on its threads. */
@ArquillianTest
@RunAsClient
class ContractsIT {

    @Deployment(name = "adapter", order = 1, testable = false)
    static Archive<?> adapter() {
        return Archives.adapter();
    }

    @Deployment(name = "contracts", order = 2, testable = false)
    static Archive<?> contracts() {
        return Archives.contracts();
    }

    @Test
    @Proves("law 1")
    void locksOfTheAdapterKeepEveryContract() {
        String summary = Server.ONE.get("/contracts/run");
        assertThat(summary).contains(" succeeded, 0 failed");
        assertThat(Stream.of(summary.split(" ")).findFirst().map(Integer::valueOf))
                .hasValueSatisfying(succeeded -> assertThat(succeeded).isGreaterThan(80));
    }
}
