// SPDX-License-Identifier: Apache-2.0
package dev.guarded.arquillian;

import static org.assertj.core.api.Assertions.assertThat;

import dev.guarded.arquillian.app.Rest;
import dev.guarded.arquillian.pool.PoolResource;
import dev.guarded.arquillian.servers.ManagementDesk;
import dev.guarded.arquillian.servers.PlainWildFly;
import dev.guarded.testkit.Fault;
import dev.guarded.testkit.FaultyProxy;
import dev.guarded.testkit.Proves;
import dev.guarded.testkit.RealRedis;
import java.io.File;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.jboss.shrinkwrap.api.exporter.ZipExporter;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The pool of {@code guarded-managed.rar}, set up by its own {@code guarded.cli} and run by WildFly's own tools. */
class PoolToolsIT {

    private static final String POOL =
            "/subsystem=resource-adapters/resource-adapter=guarded.rar/connection-definitions=guarded";
    private static final String FIGURES = POOL + "/statistics=pool";
    private static final String SIZE = "/system-property=guarded.pool.max";
    private static final String FROM_THE_PROPERTY = "${guarded.pool.max:20}";

    /** Swallows what callers ask; a silent store lets them wait for 2 s. */
    private static final Fault SILENT = new Fault() {
        @Override
        public Fate onRequest(@Nullable Object command) {
            return String.valueOf(command).startsWith("[EVAL") ? Fate.DROP : Fate.PASS;
        }
    };

    /** How long those wait who ask the silent store, in ms; who waits behind them must be told before. */
    private static final long SILENCE = 2_000;

    private static final RealRedis REDIS = RealRedis.open();
    private static final FaultyProxy STORE = FaultyProxy.to(REDIS.port());
    private static @Nullable PlainWildFly started;

    @BeforeAll
    static void setUp() throws Exception {
        PlainWildFly server = PlainWildFly.start("pool-work", Map.of("GUARDED_REDIS_URI", STORE.uri()));
        started = server;
        File application = new File("target/pool-work/pool.war");
        Archives.alone("pool")
                .addClass(Rest.class)
                .addPackage(PoolResource.class.getPackage())
                .as(ZipExporter.class)
                .exportTo(application);
        server.commands(PoolManual.shippedCommands());
        server.commands(List.of(
                "deploy target/rar/guarded-managed.rar --name=guarded.rar --runtime-name=guarded.rar",
                "deploy " + application));
    }

    @AfterAll
    static void tearDown() {
        server().close();
        STORE.close();
        REDIS.close();
    }

    private static PlainWildFly server() {
        PlainWildFly server = started;
        if (server == null) {
            throw new AssertionError("WildFly was not started");
        }
        return server;
    }

    private static ManagementDesk desk() {
        return server().desk();
    }

    @BeforeEach
    void nothingIsWrong() {
        STORE.restore();
    }

    @Test
    @Proves("law 13")
    void theTestOfThePoolTellsTheTruth() {
        desk().done(POOL, "test-connection-in-pool");
        STORE.cutOff();
        // What was used within the last second is believed to be alive.
        Awaitility.await()
                .untilAsserted(() -> assertThat(desk().ask(POOL, "test-connection-in-pool"))
                        .contains("\"failed\"", "GUARDED-0302", "did not answer"));
        STORE.restore();
        desk().done(POOL, "test-connection-in-pool");
    }

    @Test
    @Proves({"law 6", "law 13"})
    void aSizeThatIsWrittenOutlivesAReloadAndBindsTheAdapter() {
        desk().done(POOL, "write-attribute", "name", "max-pool-size", "value", "2");
        server().reload();
        assertThat(desk().read(POOL, "max-pool-size")).isEqualTo("2");

        assertThat(crowd(12, 10_000)).allSatisfy(answer -> assertThat(answer).startsWith("token "));
        assertThat(figure("CreatedCount")).isBetween(1, 2);
        assertThat(figure("MaxUsedCount")).isBetween(1, 2);
        assertThat(figure("InUseCount")).isZero();

        // The adapter still lets in twenty: whoever comes third waits in the pool, and not for longer than it may.
        String answer = thirdWhileTwoWaitForTheStore();
        assertThat(answer)
                .contains("LockStoreException: GUARDED-0103", "IJ000655", "maxInFlight (20)")
                .doesNotContain("token ");
        assertThat(millis(answer)).isBetween(700L, SILENCE);
    }

    @Test
    @Proves({"law 6", "law 13"})
    void onePropertySizesThePoolAndWhatTheAdapterLetsIn() {
        desk().done(POOL, "write-attribute", "name", "max-pool-size", "value", FROM_THE_PROPERTY);
        desk().done(SIZE, "add", "value", "2");
        server().reload();
        assertThat(desk().read(POOL, "max-pool-size")).isEqualTo("2");
        desk().done(SIZE, "remove"); // for the next reload

        String answer = thirdWhileTwoWaitForTheStore();
        assertThat(answer)
                .contains("LockStoreException: GUARDED-0103", "all 2 connections were in use for the whole wait");
        assertThat(millis(answer)).isBetween(700L, SILENCE);
    }

    /** Has two callers wait for 2 s for a store that is silent, and tells how a third fared that waits for 700 ms. */
    private static String thirdWhileTwoWaitForTheStore() {
        int before = STORE.strikes();
        STORE.inject(SILENT);
        List<CompletableFuture<String>> waiting = List.of(ask("use/first", 20_000), ask("use/second", 20_000));
        Awaitility.await().until(() -> STORE.strikes() >= before + 2 && figure("InUseCount") == 2);
        String answer = Server.get(server().http(), path("use/third", 700));
        STORE.restore();
        assertThat(waiting).allSatisfy(caller -> assertThat(caller.join()).startsWith("token "));
        return answer;
    }

    @Test
    @Proves("law 13")
    void aFlushReplacesTheConnectionsAndNoLockIsLost() {
        // The figures begin anew: WildFly may count one as destroyed twice that two callers found dead at once.
        server().reload();
        assertThat(Server.get(server().http(), path("keep/kept", 0))).startsWith("token ");
        assertThat(crowd(6, 10_000)).allSatisfy(answer -> assertThat(answer).startsWith("token "));
        int created = figure("CreatedCount");
        int destroyed = figure("DestroyedCount");
        assertThat(figure("ActiveCount")).isEqualTo(created - destroyed).isPositive();

        desk().done(POOL, "flush-all-connection-in-pool");

        assertThat(figure("ActiveCount")).isZero();
        assertThat(figure("DestroyedCount")).isEqualTo(created);
        assertThat(Server.get(server().http(), path("use/afterwards", 0))).startsWith("token ");
        assertThat(figure("CreatedCount")).isEqualTo(created + 1);
        assertThat(Server.get(server().http(), path("give/kept", 0))).isEqualTo("held true, RELEASED");
    }

    @Test
    @Proves("law 13")
    void noCallerHearsOfConnectionsThatWereKilled() {
        for (int round = 0; round < 5; round++) {
            assertThat(crowd(12, 10_000))
                    .allSatisfy(answer -> assertThat(answer).startsWith("token "));
            REDIS.command("CLIENT", "KILL", "TYPE", "pubsub");
            REDIS.command("CLIENT", "KILL", "TYPE", "normal", "SKIPME", "yes");
            // They ask once and do not wait, so nothing that fails can be tried again later.
            assertThat(crowd(12, 0)).allSatisfy(answer -> assertThat(answer).startsWith("token "));
        }
    }

    private static List<String> crowd(int callers, long millis) {
        List<CompletableFuture<String>> answers = IntStream.range(0, callers)
                .mapToObj(number -> ask("use/crowd-" + number, millis))
                .toList();
        return answers.stream().map(CompletableFuture::join).toList();
    }

    private static CompletableFuture<String> ask(String call, long millis) {
        return Server.ask(server().http(), path(call, millis));
    }

    private static String path(String call, long millis) {
        return "/pool/calls/" + call + "?millis=" + millis;
    }

    private static int figure(String name) {
        return Integer.parseInt(desk().read(FIGURES, name));
    }

    private static long millis(String answer) {
        return Long.parseLong(answer.replaceAll("(?s).* after (\\d+) ms", "$1"));
    }
}
