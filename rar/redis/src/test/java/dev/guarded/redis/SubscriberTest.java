// SPDX-License-Identifier: Apache-2.0
package dev.guarded.redis;

import static dev.guarded.redis.Lab.ANN;
import static dev.guarded.redis.Lab.BOB;
import static dev.guarded.redis.Lab.CID;
import static dev.guarded.redis.Lab.LEASE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.guarded.core.spi.AcquireCommand;
import dev.guarded.core.spi.AcquireCommand.Mode;
import dev.guarded.core.spi.HeldToken;
import dev.guarded.core.spi.ReleaseCommand;
import dev.guarded.core.spi.Sharing;
import dev.guarded.testkit.Faults;
import dev.guarded.testkit.FaultyProxy;
import dev.guarded.testkit.Loopback;
import dev.guarded.testkit.Proves;
import dev.guarded.testkit.RealRedis;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Hearing what the store says, and hearing it again after the connection broke. */
class SubscriberTest {

    private final FaultyProxy proxy = FaultyProxy.to(RealRedis.shared().port());
    private final Lab lab = new Lab(RealRedis.shared(), proxy.uri());
    private final RecordingInbox inbox = new RecordingInbox();

    @AfterEach
    void close() {
        lab.close();
        proxy.close();
    }

    @Test
    void nothingIsHeardBeforeTheServerConfirmed() {
        assertThat(lab.store().hearing()).isFalse();
        proxy.cutOff();
        lab.store().listen("bbbb", inbox);
        assertThat(lab.store().hearing()).isFalse();
        assertThat(inbox.isEmpty()).isTrue();
        proxy.restore();
        assertThat(inbox.next()).isEqualTo("hearing");
        assertThat(lab.store().hearing()).isTrue();
    }

    @Test
    @Proves("law 9")
    void aReleaseTellsTheOneItGrantsTo() {
        listen();
        lab.granted(Mode.TRY, ANN);
        lab.ask(Mode.QUEUE, BOB, 0, true, LEASE);
        lab.busy(Mode.QUEUE, CID);
        lab.release(ANN);
        long fence = lab.grant().fence();
        assertThat(inbox.next()).isEqualTo("granted order:7 to " + BOB + " as " + fence + ", contended");
        assertThat(lab.holder()).isEqualTo(BOB);
    }

    @Test
    void whoFindsTheLockFreeTellsTheFirstInTheQueue() {
        listen();
        lab.granted(Mode.TRY, ANN);
        lab.ask(Mode.QUEUE, BOB, 0, true, LEASE);
        lab.command("DEL", lab.key('l'));
        lab.busy(Mode.TRY, CID);
        assertThat(inbox.next())
                .isEqualTo("granted order:7 to " + BOB + " as " + lab.grant().fence());
    }

    @Test
    @Proves("law 10")
    void theHolderIsToldWithEachSignOfLifeThatSomebodyWaits() {
        listen();
        lab.granted(Mode.TRY, BOB);
        lab.busy(Mode.TRY, CID);
        lab.busy(Mode.QUEUE, CID);
        lab.busy(Mode.REFRESH, CID);
        assertThat(inbox.next()).isEqualTo("contended " + BOB);
        assertThat(inbox.next()).isEqualTo("contended " + BOB);
        assertThat(inbox.isEmpty()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a b", "{x}:l", "100%", "%41", "ключ", "G t 1 0 k", "𝒳🔒", "a\\b\"c'"})
    @Proves("law 16")
    void namesArriveAsTheyWereSent(String key) {
        listen();
        assertThat(lab.store().acquire(ask(key, ANN))).isNotNull();
        lab.store().acquire(ask(key, BOB));
        lab.store().release(new ReleaseCommand(key, ANN, 0, Duration.ZERO, true, false));
        assertThat(inbox.next()).startsWith("granted " + key + " to " + BOB + " as ");
        assertThat(lab.store().renew(LEASE, List.of(new HeldToken(key, BOB)))).hasSize(1);
    }

    private static AcquireCommand ask(String key, String token) {
        return new AcquireCommand(key, token, LEASE, 0, Mode.QUEUE, true, Sharing.ALONE, "n|a|t");
    }

    @Test
    @Proves({"#10", "law 9"})
    void aKilledConnectionIsReplacedAndThatIsTold() {
        listen();
        assertThat(lab.command("CLIENT", "KILL", "TYPE", "pubsub")).isNotEqualTo(0L);
        assertThat(inbox.next()).isEqualTo("hearing");
        assertThat(lab.store().hearing()).isTrue();
        lab.command("PUBLISH", lab.namespace() + ":inbox:bbbb", "C " + BOB);
        assertThat(inbox.next()).isEqualTo("contended " + BOB);
    }

    @Test
    void whoIsClosedBeforeItKnowsWhereToListenOpensNothing() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch known = new CountDownLatch(1);
        AtomicReference<RedisTarget> where = new AtomicReference<>();
        Subscriber late = new Subscriber(
                () -> {
                    asked.countDown();
                    await(known);
                    return where.get();
                },
                "inbox",
                inbox,
                Subscriber.HEARTBEAT);
        try (ServerSocket door = new ServerSocket(Loopback.freePort(), 1, InetAddress.getLoopbackAddress());
                PlainScheduler scheduler = new PlainScheduler()) {
            where.set(RedisTarget.parse("redis://localhost:" + door.getLocalPort()));
            late.start(scheduler);
            await(asked);
            late.close(Duration.ZERO);
            known.countDown();
            late.close(Duration.ofSeconds(5));

            door.setSoTimeout(1);
            assertThatThrownBy(door::accept).isInstanceOf(SocketTimeoutException.class);
        }
    }

    /** A firewall that drops what it has forgotten sends no end of the connection. */
    @Test
    @Proves("law 9")
    void whoHearsNothingOfTheServerComesBackOnAnotherConnection() {
        RedisTarget where = RedisTarget.parse(proxy.uri());
        Subscriber listening = new Subscriber(() -> where, "half-open", inbox, Duration.ofSeconds(1));
        try (PlainScheduler scheduler = new PlainScheduler()) {
            listening.start(scheduler);
            assertThat(inbox.next()).isEqualTo("hearing");
            Awaitility.await()
                    .during(Duration.ofMillis(2500))
                    .untilAsserted(() -> assertThat(listening.hearing()).isTrue());
            assertThat(inbox.isEmpty()).as("as long as it answers").isTrue();

            proxy.inject(Faults.silence());
            Awaitility.await().until(() -> !listening.hearing());
            proxy.restore();

            assertThat(inbox.next()).isEqualTo("hearing");
            listening.close(Duration.ofSeconds(5));
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(5, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void nothingIsHeardWhileTheServerIsAway() {
        listen();
        proxy.cutOff();
        Awaitility.await().until(() -> !lab.store().hearing());
        proxy.restore();
        assertThat(inbox.next()).isEqualTo("hearing");
        assertThat(lab.store().hearing()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "G",
                "C",
                "C a b",
                "G t x 0 k",
                "G t 1 0",
                "G t -1 0 k",
                "G t 99999999999999999 0 k",
                "X y",
                "G t 1e9 0 k",
                "\u0000\u00ff"
            })
    void whatDoesNotSpeakTheProtocolIsIgnored(String message) {
        listen();
        lab.command("PUBLISH", lab.namespace() + ":inbox:bbbb", message);
        lab.command("PUBLISH", lab.namespace() + ":inbox:bbbb", "C last");
        assertThat(inbox.next()).isEqualTo("contended last");
        assertThat(lab.store().hearing()).isTrue();
    }

    @Test
    @Proves("law 13")
    void closingEndsTheLoopAndItsConnection() {
        listen();
        long start = System.nanoTime();
        lab.store().close();
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
        assertThat(lab.store().hearing()).isFalse();
        Awaitility.await().until(() -> proxy.connections() == 0);
        lab.store().listen("bbbb", inbox);
        assertThat(inbox.isEmpty()).isTrue();
    }

    private void listen() {
        lab.store().listen("bbbb", inbox);
        assertThat(inbox.next()).isEqualTo("hearing");
    }
}
