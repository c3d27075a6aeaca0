// SPDX-License-Identifier: Apache-2.0
package dev.guarded.arquillian;

import static org.assertj.core.api.Assertions.assertThat;

import dev.guarded.arquillian.app.Rest;
import dev.guarded.arquillian.microprofile.Till;
import dev.guarded.arquillian.servers.Product;
import dev.guarded.testkit.Proves;
import dev.guarded.testkit.RealRedis;
import dev.guarded.testkit.RespConnection;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import org.awaitility.Awaitility;
import org.jboss.arquillian.container.test.api.ContainerController;
import org.jboss.arquillian.container.test.api.Deployer;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.container.test.api.TargetsContainer;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.Archive;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.junit.jupiter.api.Test;

/** A server that has MicroProfile, and a Redis that stops and comes back. */
@ArquillianTest
@RunAsClient
class MicroProfileIT {

    private static final String SERVER = "microprofile";

    /** WildFly's test has a second server and a Redis to itself; elsewhere the only server has MicroProfile, too. */
    private static final boolean OWN_SERVER = Product.underTest() == Product.WILDFLY;

    private static final Server SHOP = OWN_SERVER ? Server.TWO : Server.ONE;
    private static final Server PROBES = OWN_SERVER ? Server.TWO_MANAGEMENT : Server.ONE;

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String SECRET = "canary-of-readiness";

    @ArquillianResource
    ContainerController containers;

    @ArquillianResource
    Deployer deployer;

    @Deployment(name = "adapter", managed = false, testable = false)
    @TargetsContainer(SERVER)
    static Archive<?> adapter() {
        return Archives.adapter();
    }

    @Deployment(name = "shop", managed = false, testable = false)
    @TargetsContainer(SERVER)
    static Archive<?> shop() {
        return Archives.alone("shop")
                .addClass(Rest.class)
                .addPackage(Till.class.getPackage())
                .addAsResource(
                        new StringAsset(Till.class.getName() + "/open/Guarded/timeout=21ms\n"),
                        "META-INF/microprofile-config.properties");
    }

    @Test
    @Proves({"#36", "law 17"})
    void readinessFollowsTheStoreAndConfigurationOverridesTheAnnotation() {
        if (!OWN_SERVER) {
            shopIsReadyWith(RealRedis.shared());
            return;
        }
        try (RealRedis redis = RealRedis.open("--requirepass", SECRET)) {
            containers.start(SERVER, Map.of("javaVmArguments", arguments(redis)));
            try {
                shopIsReadyWith(redis);
            } finally {
                containers.stop(SERVER);
            }
        }
    }

    private void shopIsReadyWith(RealRedis redis) {
        try {
            deployer.deploy("adapter");
            deployer.deploy("shop");
            assertThat(SHOP.get("/shop/till/free")).isEqualTo("opened");
            assertThat(SHOP.get("/shop/till/taken")).contains("was not granted within 0.021 s");
            readinessFollows(redis);
        } finally {
            // Whatever it had been told.
            redis.restart();
            // The server would remember them.
            deployer.undeploy("shop");
            deployer.undeploy("adapter");
        }
    }

    private static void readinessFollows(RealRedis redis) {
        awaitReady();
        tell(redis, "CONFIG", "SET", "maxmemory", "1");
        assertDown(redis, "OOM");
        tell(redis, "CONFIG", "SET", "maxmemory", "0");
        awaitReady();
        tell(redis, "REPLICAOF", "127.0.0.1", Integer.toString(redis.port()));
        assertDown(redis, "READONLY");
        tell(redis, "REPLICAOF", "NO", "ONE");
        awaitReady();
        redis.stop();
        assertDown(redis, "GUARDED-");
        redis.start();
        awaitReady();
        assertThat(SHOP.get("/shop/till/free")).isEqualTo("opened");
    }

    private static void tell(RealRedis redis, String... command) {
        try (RespConnection operator = RespConnection.to(redis.port())) {
            if (OWN_SERVER) {
                operator.command("AUTH", SECRET);
            }
            operator.command(command);
        }
    }

    private static void assertDown(RealRedis redis, String why) {
        assertThat(probe())
                .startsWith("503 {\"status\":\"DOWN\"")
                .containsPattern("\"name\":\"guarded\",\"status\":\"DOWN\",\"data\":\\{\"LockManager\":\"GUARDED-")
                .contains("127.0.0.1:" + redis.port(), why)
                .doesNotContain(SECRET);
    }

    private static void awaitReady() {
        Awaitility.await()
                .atMost(PATIENCE)
                .untilAsserted(
                        () -> assertThat(probe())
                                .startsWith("200 {\"status\":\"UP\"")
                                .containsPattern(
                                        "\"name\":\"guarded\",\"status\":\"UP\",\"data\":\\{\"LockManager\":\"answered in \\d+ ms"));
    }

    /** Returns what the server tells whoever decides on sending requests to it, on one line. */
    private static String probe() {
        HttpResponse<String> answer = PROBES.answer("/health/ready");
        return answer.statusCode() + " " + answer.body().replaceAll("\\s*([{}\\[\\],:])\\s*", "$1");
    }

    /** The start-up line of the second server, with another Redis. */
    private static String arguments(RealRedis redis) {
        String uri = "redis://:" + SECRET + "@127.0.0.1:" + redis.port();
        return "-Xmx768m -Djboss.node.name=node-two -Djboss.socket.binding.port-offset=300 -Djboss.bind.address=127.0.0.1"
                + " -Djboss.bind.address.management=127.0.0.1 -Dguarded.redis.uri=" + uri;
    }
}
