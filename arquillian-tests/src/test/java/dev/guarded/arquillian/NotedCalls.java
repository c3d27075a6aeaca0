// SPDX-License-Identifier: Apache-2.0
package dev.guarded.arquillian;

import static org.assertj.core.api.Assertions.assertThat;

import dev.guarded.testkit.RealRedis;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import org.awaitility.Awaitility;

/** Calls of an application that hold locks and wait for them, as they note it in a Redis that outlives them. */
final class NotedCalls {

    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private NotedCalls() {}

    static void forget() {
        RealRedis.shared().command("DEL", "undeploy:events", "undeploy:end");
    }

    /** Starts calls on threads of the application's. */
    static void start(String application, String kind, int count) {
        start(Server.ONE::get, application, kind, count);
    }

    /** Starts calls on threads of an application of any server. */
    static void start(UnaryOperator<String> server, String application, String kind, int count) {
        String path = "/" + application + "/calls/start/" + kind + "/" + count;
        assertThat(server.apply(path + "?port=" + RealRedis.shared().port())).isEqualTo("started");
    }

    /** Waits until so many calls wait for locks, as an application sees it. */
    static void awaitWaiters(String application, int count) {
        awaitWaiters(Server.ONE::get, application, count);
    }

    /** Waits until so many calls wait for locks, as an application of any server sees it. */
    static void awaitWaiters(UnaryOperator<String> server, String application, int count) {
        Awaitility.await()
                .atMost(PATIENCE)
                .untilAsserted(() -> assertThat(server.apply("/" + application + "/calls/waiters"))
                        .isEqualTo(String.valueOf(count)));
    }

    static List<String> await(String event, int count) {
        Awaitility.await()
                .atMost(PATIENCE)
                .untilAsserted(() -> assertThat(events(event)).hasSize(count));
        return events(event);
    }

    static List<String> events(String begin) {
        return ((List<?>) RealRedis.shared().command("LRANGE", "undeploy:events", "0", "-1"))
                .stream()
                        .map(String::valueOf)
                        .filter(event -> event.startsWith(begin))
                        .toList();
    }

    /** Lets so many bodies end. */
    static void end(int bodies) {
        for (int i = 0; i < bodies; i++) {
            RealRedis.shared().command("RPUSH", "undeploy:end", String.valueOf(i));
        }
    }
}
