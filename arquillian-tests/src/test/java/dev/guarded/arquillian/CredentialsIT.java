// SPDX-License-Identifier: Apache-2.0
package dev.guarded.arquillian;

import static org.assertj.core.api.Assertions.assertThat;

import dev.guarded.arquillian.app.Rest;
import dev.guarded.arquillian.credentials.Clerk;
import dev.guarded.arquillian.servers.ManagementDesk;
import dev.guarded.arquillian.servers.PlainWildFly;
import dev.guarded.testkit.Fault;
import dev.guarded.testkit.FaultyProxy;
import dev.guarded.testkit.ManagementBeans;
import dev.guarded.testkit.Proves;
import dev.guarded.testkit.RealRedis;
import java.io.File;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jboss.shrinkwrap.api.exporter.ZipExporter;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** A password in WildFly's credential store, set up and changed by the blocks of {@code POOLS.md}, and where it shows. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CredentialsIT {

    private static final String RESOURCE_ADAPTERS = "/subsystem=resource-adapters";
    private static final String POOL =
            RESOURCE_ADAPTERS + "/resource-adapter=guarded.rar/connection-definitions=guarded";

    /** Both passwords have it, so that it is found whatever else is around it. */
    private static final String CANARY = "canary-4711";

    private static final String FIRST = CANARY + "-one";
    private static final String SECOND = CANARY + "-two";

    /** Swallows every answer. */
    private static final Fault SILENT = new Fault() {
        @Override
        public Fate onReply(@Nullable Object reply) {
            return Fate.DROP;
        }
    };

    private final RealRedis redis = RealRedis.open();
    private final FaultyProxy store = FaultyProxy.to(redis.port());
    private final PlainWildFly server =
            PlainWildFly.start("credentials-work", Map.of("GUARDED_REDIS_URI", store.uri()));

    @BeforeAll
    void setUp() {
        redis.command("ACL", "SETUSER", "app", "on", ">" + FIRST, "+@all", "~guarded:*", "&guarded:*");
        File application = new File("target/credentials-work/credentials.war");
        Archives.alone("credentials")
                .addClass(Rest.class)
                .addClass(ManagementBeans.class)
                .addPackage(Clerk.class.getPackage())
                .as(ZipExporter.class)
                .exportTo(application);
        List<String> commands = new ArrayList<>(PoolManual.shippedCommands());
        commands.add(POOL + "/config-properties=commandTimeout:add(value=500ms)"); // what a test of silence waits for
        commands.addAll(manual("credential-store=guarded:add("));
        for (String logger : List.of("dev.guarded", "redis.clients", "org.jboss.jca")) {
            commands.add("/subsystem=logging/logger=" + logger + ":add(level=TRACE)");
        }
        commands.add("deploy target/rar/guarded-managed.rar --name=guarded.rar --runtime-name=guarded.rar");
        commands.add("deploy " + application);
        server.commands(commands);
        server.reload();
    }

    /** Returns a block of the manual with our passwords; its last line is to load the configuration again. */
    private static List<String> manual(String text) {
        List<String> lines = PoolManual.block(text).stream()
                .map(line -> line.replace("first-password", FIRST).replace("second-password", SECOND))
                .toList();
        assertThat(lines).last().isEqualTo("reload");
        return lines.subList(0, lines.size() - 1);
    }

    @AfterAll
    void tearDown() {
        server.close();
        store.close();
        redis.close();
    }

    private ManagementDesk desk() {
        return server.desk();
    }

    private String page(String name) {
        return Server.get(server.http(), "/credentials/clerk/" + name);
    }

    private void redisTakes(String... rules) {
        List<String> words = new ArrayList<>(List.of("ACL", "SETUSER", "app"));
        words.addAll(List.of(rules));
        redis.command(words.toArray(String[]::new));
    }

    @BeforeEach
    void nothingIsWrong() {
        store.restore();
        redisTakes(">" + FIRST, ">" + SECOND);
    }

    @Test
    @Proves("law 13")
    void anEjbWorksWithThePasswordOfTheCredentialStore() {
        assertThat(page("work")).startsWith("token ");
        assertThat(String.valueOf(redis.command("CLIENT", "LIST")).lines())
                .filteredOn(client -> client.contains("name=guarded"))
                .hasSizeGreaterThan(1) // the pool's and the one that listens
                .allSatisfy(client -> assertThat(client).contains("user=app"));
    }

    @Test
    @Proves("law 13")
    void aNewPasswordIsTakenOnAsTheManualSays() {
        redisTakes("resetpass", ">" + FIRST);
        assertThat(page("work")).startsWith("token ");
        redisTakes(">" + SECOND);
        server.commands(manual("set-secret"));
        server.reload();
        redisTakes("<" + FIRST);

        desk().done(POOL, "flush-all-connection-in-pool");
        assertThat(page("work")).startsWith("token ");
        desk().done(POOL, "test-connection-in-pool");

        redisTakes("<" + SECOND, ">" + FIRST);
        desk().done(POOL, "flush-all-connection-in-pool");
        assertThat(page("work")).contains("WRONGPASS");
    }

    @Test
    @Proves({"H20", "law 17"})
    void nothingOfTheServerShowsThePasswordWhateverGoesWrong() {
        List<String> shown = new ArrayList<>(List.of(page("work"), page("threads")));
        store.cutOff();
        shown.addAll(failures("GUARDED-0302"));
        store.restore();
        store.inject(SILENT);
        shown.addAll(failures("timed out"));
        store.restore();
        redisTakes("resetpass", ">another");
        redis.command("CLIENT", "KILL", "USER", "app");
        shown.addAll(failures("WRONGPASS"));
        redisTakes(">" + FIRST, ">" + SECOND);
        shown.add(page("beans"));
        shown.add(page("threads"));
        shown.add(model(RESOURCE_ADAPTERS));
        shown.add(model("/subsystem=elytron"));

        assertThat(shown).allSatisfy(text -> assertThat(text).doesNotContain(CANARY));
        assertThat(server.filesWith(CANARY)).isEmpty();
        assertThat(server.filesWith("store-password")).isEmpty();
        assertThat(server.filesWith("WRONGPASS")).contains("log/server.log");
    }

    /** Has the EJB and the test of the pool fail; returns what both were told. */
    private List<String> failures(String why) {
        String work = page("work");
        assertThat(work).contains("GuardedStoreException", why);
        String test = desk().ask(POOL, "test-connection-in-pool");
        assertThat(test).contains("\"failed\"", why);
        return List.of(work, test, page("threads"));
    }

    /** Returns a part of the server's model, with what it knows only while it runs. */
    private String model(String address) {
        return desk().done(
                        address,
                        "read-resource",
                        "recursive",
                        "true",
                        "include-runtime",
                        "true",
                        "include-defaults",
                        "true");
    }

    /** What the manual warns of; it is found where it is, or the search above would prove nothing. */
    @Test
    void whatIsWrittenIntoTheConfigurationIsShownByTheServer() {
        String property = POOL + "/config-properties=password";
        String written = "written-0815";
        desk().done(property, "add", "value", written);
        try {
            assertThat(model(RESOURCE_ADAPTERS)).contains(written);
            assertThat(page("beans")).contains(written);
            assertThat(page("beans").lines())
                    .as("what an expression stands for, too")
                    .filteredOn(bean -> bean.contains("jboss.as:") && bean.contains("config-properties=redisUri"))
                    .anySatisfy(bean -> assertThat(bean).contains(store.uri()));
            assertThat(server.filesWith(written)).contains("configuration/standalone.xml");
        } finally {
            desk().done(property, "remove");
        }
    }
}
