// SPDX-License-Identifier: Apache-2.0
package dev.guarded.connector;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.guarded.lock.Lease;
import dev.guarded.lock.LockManager;
import dev.guarded.lock.LockSettings;
import dev.guarded.testkit.Proves;
import dev.guarded.testkit.RealRedis;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import javax.management.RuntimeMBeanException;
import javax.management.openmbean.CompositeData;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What an administrator's console sees. */
class ManagementTest {

    private static final MBeanServer BEANS = ManagementFactory.getPlatformMBeanServer();
    private static final String PASSWORD = "canary-0815";

    private final TestServer server = new TestServer();
    private final RealRedis redis = RealRedis.open();
    private GuardedResourceAdapter adapter;
    private LockManager locks;
    private ObjectName name;

    @BeforeEach
    void bind() throws Exception {
        redis.command("ACL", "SETUSER", "app", "on", ">" + PASSWORD, "+@all", "~*", "&*");
        adapter = server.started();
        GuardedManagedConnectionFactory factory = server.factory(adapter, redis.uri());
        factory.setUser("app");
        factory.setPassword(PASSWORD);
        factory.setNodeName("node \"one\"");
        locks = (LockManager) factory.createConnectionFactory(new TestPool());
        locks.getLock("orders");
        name = registered().iterator().next();
    }

    @AfterEach
    void end() {
        adapter.stop();
        server.close();
        redis.close();
        assertThat(registered()).as("beans left behind").isEmpty();
    }

    private static Set<ObjectName> registered() {
        try {
            return BEANS.queryNames(new ObjectName("dev.guarded:type=LockManager,*"), null);
        } catch (javax.management.MalformedObjectNameException e) {
            throw new AssertionError(e);
        }
    }

    private Object attribute(String attribute) throws Exception {
        return BEANS.getAttribute(name, attribute);
    }

    private CompositeData[] held() throws Exception {
        return (CompositeData[]) BEANS.invoke(name, "listHeld", new Object[0], new String[0]);
    }

    private Object force(String lock, String token) throws Exception {
        String text = String.class.getName();
        return BEANS.invoke(name, "forceRelease", new Object[] {lock, token}, new String[] {text, text});
    }

    @Test
    @Proves("#36")
    void figuresOfTheAdapterAndOfEachLockAreShown() throws Exception {
        locks.acquire("orders").close();
        Lease held = locks.acquire("orders").detach();
        assertThat(locks.tryAcquire("orders")).isEmpty();

        assertThat(attribute("Grants")).isEqualTo(2L);
        assertThat(attribute("NotGranted")).isEqualTo(1L);
        assertThat((Double) attribute("LongestHoldMillis")).isPositive();
        CompositeData row = ordersRow();
        assertThat(Map.of("name", row.get("name"), "reach", row.get("reach"), "grants", row.get("grants")))
                .isEqualTo(Map.of("name", "orders", "reach", "CLUSTER", "grants", 2L));
        CompletableFuture<Lease> waiting =
                locks.getOrCreateLock("orders").acquireAsync(ofSeconds(30)).toCompletableFuture();
        Awaitility.await()
                .untilAsserted(() -> assertThat(ordersRow().get("waiters")).isEqualTo(1));
        held.close();
        waiting.get(10, TimeUnit.SECONDS).close();
        assertThat(ordersRow().get("waiters")).isEqualTo(0);
        assertThat((Double) ordersRow().get("averageWaitMillis")).isPositive();
        assertThat((Double) ordersRow().get("averageHoldMillis")).isPositive().isLessThanOrEqualTo((Double)
                ordersRow().get("longestHoldMillis"));
    }

    private CompositeData ordersRow() throws Exception {
        return ((CompositeData[]) attribute("Locks"))[0];
    }

    @Test
    @Proves({"#36", "law 3"})
    void holderIsShownAndLosesTheLockToWhoShowsItsToken() throws Exception {
        Lease held = locks.acquire("orders");

        CompositeData row = held()[0];
        assertThat(row.get("name")).isEqualTo("orders");
        assertThat(row.get("node")).isEqualTo("node \"one\"");
        assertThat(row.get("thread")).isEqualTo(Thread.currentThread().getName());
        assertThat(row.get("fencingToken")).isEqualTo(Long.toString(held.fencingToken()));
        assertThat((Long) row.get("leaseLeftMillis")).isBetween(1L, 30_000L);

        assertThat(force("orders", "7")).isEqualTo("NOT_OWNER");
        assertThat(held.isHeld()).isTrue();
        assertThat(force("orders", " " + row.get("fencingToken"))).isEqualTo("RELEASED");
        assertThat(held.isHeld()).isFalse();
    }

    @Test
    void aTokenThatIsNoNumberIsRefusedWithAWordOnWhereToFindIt() {
        assertThatThrownBy(() -> force("orders", "latest"))
                .isInstanceOf(RuntimeMBeanException.class)
                .hasRootCauseInstanceOf(NumberFormatException.class)
                .cause()
                .hasMessageContainingAll("GUARDED-0417", "latest", "listHeld");
    }

    @Test
    @Proves("law 17")
    void nothingShownHasThePassword() throws Exception {
        StringBuilder shown = new StringBuilder(name.toString());
        try (Lease here = locks.getOrCreateLock("here", LockSettings.local()).acquire();
                Lease orders = locks.acquire("orders")) {
            for (var info : BEANS.getMBeanInfo(name).getAttributes()) {
                Object value = attribute(info.getName());
                shown.append(value instanceof Object[] rows ? Arrays.deepToString(rows) : value);
            }
            shown.append(Arrays.stream(held()).map(Object::toString).collect(Collectors.joining()));
            assertThat(shown.toString())
                    .contains(redis.uri(), orders.name(), here.name())
                    .doesNotContain(PASSWORD);
        }
    }
}
