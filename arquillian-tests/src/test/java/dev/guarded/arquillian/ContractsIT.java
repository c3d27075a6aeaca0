// SPDX-License-Identifier: Apache-2.0
package dev.guarded.arquillian;

import static org.assertj.core.api.Assertions.assertThat;

import dev.guarded.arquillian.app.Rest;
import dev.guarded.arquillian.contracts.ContractsResource;
import dev.guarded.testkit.RealRedis;
import java.util.stream.Stream;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.shrinkwrap.api.Archive;
import org.jboss.shrinkwrap.api.asset.StringAsset;
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
        return Archives.alone("contracts")
                .addClass(Rest.class)
                .addPackage(ContractsResource.class.getPackage())
                .addAsWebInfResource(new StringAsset(descriptor()), "web.xml")
                .addAsLibraries(Archives.testLibraries());
    }

    @Test
    void locksOfTheAdapterKeepEveryContract() {
        String summary = Server.ONE.get("/contracts/run");
        assertThat(summary).contains(" succeeded, 0 failed");
        assertThat(Stream.of(summary.split(" ")).findFirst().map(Integer::valueOf))
                .hasValueSatisfying(succeeded -> assertThat(succeeded).isGreaterThan(80));
    }

    /** Defines the second connection factory, which needs the address that this run's Redis has. */
    private static String descriptor() {
        return "<web-app xmlns=\"https://jakarta.ee/xml/ns/jakartaee\" version=\"6.0\"><connection-factory>"
                + "<name>java:global/guarded/second</name>"
                + "<interface-name>dev.guarded.lock.LockManager</interface-name>"
                + "<resource-adapter>guarded.rar</resource-adapter>"
                + "<transaction-support>NoTransaction</transaction-support>"
                + "<property><name>redisUri</name><value>" + RealRedis.shared().uri() + "</value></property>"
                + "<property><name>nodeName</name><value>second</value></property>"
                + "</connection-factory></web-app>";
    }
}
