// SPDX-License-Identifier: Apache-2.0
package dev.guarded.arquillian;

import static org.assertj.core.api.Assertions.assertThat;

import dev.guarded.testkit.Proves;
import dev.guarded.testkit.RealRedis;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/**
 * Applications and adapters that are deployed over and over while their locks are held and awaited, Redis restarts and
 * connections are killed; what is left of them in the end.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class RedeployIT {

    private static final int ROUNDS = Integer.getInteger("guarded.test.redeployments", 2);
    private static final int RESTART_EVERY = 2;
    private static final int LOCKS = 20;
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final Duration LEASE = Duration.ofSeconds(30);
    private static final long AT_ONCE_MILLIS = 5_000;

    /** What outlives a lock for a while on purpose: its fence, and which protocol the namespace speaks. */
    private static final Pattern REMEMBERED = Pattern.compile(".*:f|guarded:protocol");

    private static final Pattern NUMBER = Pattern.compile("GUARDED-\\d{4}");

    /**
     * A folder that this server does not have; a timer that fires into an undeployment, loses what Redis knew, or is about
     * to commit while Redis takes no new connection.
     */
    private static final Pattern EXPECTED_ERRORS = Pattern.compile(
            "WFLYDS0042|WFLYEJB002[02].*(WFLYEJB0421|GUARDED-0108|GUARDED-0201|GUARDED-0103.*Connection\\.open\\()",
            Pattern.DOTALL);

    private static final RealRedis REDIS = RealRedis.open();
    private static final RedeployServer SERVER = RedeployServer.start(REDIS.uri());

    private static long elections;

    private final Map<String, Integer> failures = new TreeMap<>();
    private int restarts;

    @AfterAll
    static void tearDown() {
        SERVER.close();
        REDIS.close();
    }

    @Test
    @Proves({"law 13", "law 14"})
    void nothingIsLeftOfAnApplicationThatComesAndGoesBesideItsAdapter() {
        SERVER.deploy("guarded.rar");
        rounds("beside", List.of("beside.war"));
        SERVER.undeploy("guarded.rar");
        nothingIsLeft("an application beside its adapter");
    }

    @Test
    @Proves({"law 13", "law 14"})
    void nothingIsLeftOfAnAdapterThatComesAndGoesWithItsApplication() {
        rounds("beside", List.of("guarded.rar", "beside.war"));
        nothingIsLeft("an adapter and an application");
    }

    @Test
    @Proves({"law 13", "law 14"})
    void nothingIsLeftOfAnApplicationThatComesAndGoesWithItsAdapterInside() {
        rounds("within", List.of("within.ear"));
        nothingIsLeft("an application with its adapter inside");
    }

    /** Suspended by the management operation: calls that hold are not waited for, since no request has begun them. */
    @Test
    @Order(Integer.MAX_VALUE)
    @Proves({"law 13", "law 14"})
    void serverThatIsShutDownByItsToolFreesItsLocksAtOnce() {
        NotedCalls.forget();
        SERVER.deploy("guarded.rar");
        SERVER.deploy("beside.war");
        holdAndWait("beside", 0);

        long begin = System.nanoTime();
        SERVER.wildfly().desk().done("", "shutdown", "suspend-timeout", "5");
        Awaitility.await()
                .atMost(LEASE)
                .untilAsserted(
                        () -> assertThat((List<?>) REDIS.command("KEYS", "*:l")).isEmpty());
        long freed = millisSince(begin);
        awaitRefused();
        SERVER.wildfly().awaitEnd();
        Figures.add("WildFly shut down by its management operation after " + millisSince(begin) + " ms: " + LOCKS
                + " calls that waited had failed, " + LOCKS + " locks of calls at work were free after " + freed
                + " ms (lease " + LEASE.toSeconds() + " s)");
        assertThat(freed).as("ms to the last lock").isLessThan(AT_ONCE_MILLIS);
        assertThat(NotedCalls.events("end ")).isEmpty();
    }

    private void rounds(String application, List<String> archives) {
        List<String> backwards = new ArrayList<>(archives);
        Collections.reverse(backwards);
        for (int round = 1; round <= ROUNDS; round++) {
            NotedCalls.forget();
            archives.forEach(SERVER::deploy);
            awaitWork(application);
            holdAndWait(application, 0);
            boolean emptied = disturb(round);
            end(2 * LOCKS, 2 * LOCKS);
            if (!emptied) {
                assertThat(NotedCalls.events("failed ")).isEmpty();
            }

            holdAndWait(application, 2 * LOCKS);
            elections = elections(application);
            backwards.forEach(SERVER::undeploy);
            awaitRefused();
            end(LOCKS, 4 * LOCKS);
            NotedCalls.events("failed ").forEach(failure -> failures.merge(number(failure), 1, Integer::sum));
        }
    }

    private static void awaitWork(String application) {
        Awaitility.await().atMost(PATIENCE).untilAsserted(() -> {
            assertThat(SERVER.page("/" + application + "/ticks")).isNotEqualTo("0");
            assertThat(elections(application)).isGreaterThan(elections);
        });
    }

    /** Returns how often an application has been elected since the server started, as all of them note it. */
    private static long elections(String application) {
        return SERVER.page("/" + application + "/inbound/journal")
                .lines()
                .filter(line -> line.contains(" elected "))
                .count();
    }

    /** Calls on threads that no server waits for: as many hold as there are locks, then as many wait. */
    private static void holdAndWait(String application, int before) {
        NotedCalls.start(SERVER::page, application, "wait", LOCKS);
        NotedCalls.await("begin ", before + LOCKS);
        NotedCalls.start(SERVER::page, application, "wait", LOCKS);
        NotedCalls.awaitWaiters(SERVER::page, application, LOCKS);
    }

    /** Kills every connection, and in some rounds Redis with all it knows; tells whether it did that. */
    private boolean disturb(int round) {
        REDIS.command("CLIENT", "KILL", "TYPE", "pubsub");
        REDIS.command("CLIENT", "KILL", "TYPE", "normal", "SKIPME", "yes");
        boolean empty = round % RESTART_EVERY == 0;
        if (empty) {
            REDIS.restart();
            restarts++;
        }
        return empty;
    }

    /** Lets bodies end, and waits until so many calls have ended since the round began. */
    private static void end(int bodies, int calls) {
        NotedCalls.end(bodies);
        NotedCalls.await("done ", calls);
    }

    /** Waits until all that waited for a lock have been told that their application is going. */
    private static void awaitRefused() {
        Awaitility.await()
                .atMost(PATIENCE)
                .untilAsserted(() -> assertThat(NotedCalls.events("failed "))
                        .filteredOn(failure -> number(failure).equals("GUARDED-0108"))
                        .as("%s", NotedCalls.events("failed "))
                        .hasSize(LOCKS));
    }

    /** Returns the number of the message with which a call failed, all of it if there is none. */
    private static String number(String failure) {
        Matcher number = NUMBER.matcher(failure);
        return number.find() ? number.group() : failure.replaceAll(" @.*", "");
    }

    /** Finds the server as it was, but for the application that watches. */
    private void nothingIsLeft(String what) {
        long begin = System.nanoTime();
        Awaitility.await().atMost(LEASE).untilAsserted(() -> {
            assertThat(SERVER.page("/watching/threads/of-the-adapter")).isEmpty();
            assertThat(REDIS.command("CLIENT", "LIST").toString().lines())
                    .as("this one alone")
                    .hasSize(1);
            assertThat((List<?>) REDIS.command("KEYS", "*"))
                    .map(String::valueOf)
                    .allMatch(key -> REMEMBERED.matcher(key).matches());
        });
        long clean = millisSince(begin);
        // Asked more often, the server's threads for requests are never idle for as long as they must be to end.
        Awaitility.await()
                .atMost(PATIENCE)
                .pollInterval(Duration.ofSeconds(1))
                .untilAsserted(
                        () -> assertThat(SERVER.page("/watching/loaders/alive")).isEmpty());
        Figures.add(ROUNDS + " redeployments of " + what + ", each with " + LOCKS + " locks held, " + LOCKS
                + " calls waiting and all connections killed, and " + restarts + " with an empty Redis in between: of "
                + SERVER.page("/watching/loaders/noted")
                + " class loaders 0 alive; 0 threads, 0 connections and 0 locks after "
                + clean + " ms; failures " + failures);
        assertThat(failures.keySet()).isSubsetOf("GUARDED-0108", "GUARDED-0201");
        assertThat(SERVER.wildfly().records("ERROR"))
                .allMatch(record -> EXPECTED_ERRORS.matcher(record).find());
    }

    private static long millisSince(long begin) {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin);
    }
}
