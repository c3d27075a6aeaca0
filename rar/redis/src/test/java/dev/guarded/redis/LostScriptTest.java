// SPDX-License-Identifier: Apache-2.0
package dev.guarded.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.guarded.lock.Lease;
import dev.guarded.lock.LeaseLostException;
import dev.guarded.lock.LockNotGrantedException;
import dev.guarded.lock.NamedLock;
import dev.guarded.lock.ReleaseOutcome;
import dev.guarded.testkit.Fault;
import dev.guarded.testkit.Faults;
import dev.guarded.testkit.FaultyProxy;
import dev.guarded.testkit.Proves;
import dev.guarded.testkit.RealRedis;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A connection breaks at any one script of a lock's whole life: taken, awaited in vain, awaited, renewed, handed over,
 * renewed, refused, released, taken again. The lease time is far longer than all of it: nothing here is mended by the
 * end of a lease.
 */
class LostScriptTest {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final RedisCluster cluster = new RedisCluster();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final String prefix =
            "lost-" + Long.toHexString(ThreadLocalRandom.current().nextLong()) + "-";

    @AfterEach
    void close() {
        cluster.close();
        threads.shutdownNow();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    @Proves({"H9", "#1", "law 4", "law 5"})
    void lossOfAnyReplyLocksNobodyOutAndLeavesNothing(int node) {
        breakAtEachScript(node, "reply", k -> Faults.cutAfterRequest(k, "EVALSHA"));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    @Proves({"law 4", "law 5"})
    void lossOfAnyCommandLocksNobodyOutAndLeavesNothing(int node) {
        breakAtEachScript(node, "command", k -> Faults.cutBeforeRequest(k, "EVALSHA"));
    }

    private void breakAtEachScript(int node, String what, IntFunction<Fault> atScript) {
        live(prefix + what); // connects, and teaches the server its scripts
        FaultyProxy proxy = cluster.proxy(node);
        int broken = 0;
        int strikes;
        do {
            strikes = proxy.strikes();
            proxy.inject(atScript.apply(broken + 1));
            live(prefix + what + broken);
            proxy.inject(Fault.NONE);
            broken += proxy.strikes() - strikes;
        } while (proxy.strikes() > strikes);
        assertThat(broken).as("scripts of node %s that broke", node).isGreaterThanOrEqualTo(5);
    }

    private void live(String name) {
        NamedLock here = cluster.node(0).getOrCreateLock(name);
        NamedLock there = cluster.node(1).getOrCreateLock(name);

        List<LeaseLostException> losses = new CopyOnWriteArrayList<>();
        Lease first = here.acquire(PATIENCE);
        first.onLost(losses::add);
        assertThatThrownBy(() -> there.acquire(Duration.ofMillis(20))).isInstanceOf(LockNotGrantedException.class);
        soon().until(() -> queued(name) == 0);
        CompletableFuture<Lease> waiting = CompletableFuture.supplyAsync(() -> there.acquire(PATIENCE), threads);
        soon().until(() -> queued(name) == 1);
        first.renew();
        assertThat(first.release()).isEqualTo(ReleaseOutcome.RELEASED);

        Lease second = waiting.orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
        second.onLost(losses::add);
        assertThat(first.isHeld()).isFalse();
        second.renew();
        assertThat(here.tryAcquire()).isEmpty();
        assertThat(second.isHeld()).isTrue();
        assertThat(second.release()).isEqualTo(ReleaseOutcome.RELEASED);

        Lease third = here.acquire(PATIENCE);
        assertThat(third.release()).isEqualTo(ReleaseOutcome.RELEASED);
        assertThat(List.of(first.fencingToken(), second.fencingToken(), third.fencingToken()))
                .isSorted()
                .doesNotHaveDuplicates();
        assertThat(losses).isEmpty();
        soon().untilAsserted(() -> assertThat(left(name)).isZero());
    }

    private static ConditionFactory soon() {
        return Awaitility.await().atMost(PATIENCE.dividedBy(2)).pollInterval(Duration.ofMillis(2));
    }

    private static long queued(String name) {
        return (Long) RealRedis.shared().command("LLEN", key(name, 1));
    }

    /** Counts what is there of the lock, its queue and its waiters; the fence stays for a minute. */
    private static long left(String name) {
        return (Long) RealRedis.shared().command("EXISTS", key(name, 0), key(name, 1), key(name, 2));
    }

    private static String key(String name, int index) {
        return new Keys("guarded").all(name).get(index);
    }
}
