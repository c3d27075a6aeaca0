// SPDX-License-Identifier: Apache-2.0
package dev.guarded.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.guarded.core.spi.StoreFailure;
import dev.guarded.testkit.Faults;
import dev.guarded.testkit.FaultyProxy;
import dev.guarded.testkit.Proves;
import dev.guarded.testkit.RealRedis;
import dev.guarded.testkit.ThreadPerTask;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** A keeper whose password Redis takes no longer, or whose server does not answer. */
class KeeperTest {

    private static final RedisTarget REFUSED =
            RedisTarget.parse("redis://nobody:wrong@" + RealRedis.shared().uri().substring("redis://".length()));

    private static final Duration LONG = Duration.ofSeconds(30);
    private static final List<String> EVERYTHING = List.of("0", "nobody's:*");

    private final RedisTarget good = RedisTarget.parse(RealRedis.shared().uri());
    private final CountDownLatch both = new CountDownLatch(2);

    /** A pool in which each waits for a connection until the other has asked for one, too. */
    private RedisConnection lend() {
        both.countDown();
        try {
            if (!both.await(10, TimeUnit.SECONDS)) {
                throw new AssertionError("the other one was not let in");
            }
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
        return PhysicalConnection.open(good);
    }

    @Test
    @Proves("law 8")
    void whoWaitsForThePoolHoldsUpNobodyElse() {
        Keeper keeper = new Keeper(() -> REFUSED, new Callers(this::lend));

        CompletableFuture<Object> one = CompletableFuture.supplyAsync(() -> ask(keeper), ThreadPerTask.EXECUTOR);
        CompletableFuture<Object> two = CompletableFuture.supplyAsync(() -> ask(keeper), ThreadPerTask.EXECUTOR);

        assertThat(List.of(one.join(), two.join())).hasSize(2);
        keeper.close();
    }

    @Test
    @Proves("law 6")
    void whoseTurnDoesNotComeIsToldWithinHisOwnPatience() {
        try (FaultyProxy proxy = FaultyProxy.to(RealRedis.shared().port())) {
            RedisTarget silent = RedisTarget.parse(proxy.uri()).withTimeouts(LONG, LONG);
            Keeper keeper = new Keeper(() -> silent, new Callers(this::lend));
            ask(keeper);
            proxy.inject(Faults.silence());
            CompletableFuture<Object> first = CompletableFuture.supplyAsync(() -> ask(keeper), ThreadPerTask.EXECUTOR);
            Awaitility.await().until(() -> proxy.strikes() > 0);

            Thread.currentThread().interrupt();
            assertThatThrownBy(() -> keeper.run(Script.KEYS, List.of(), EVERYTHING, Duration.ofMillis(100)))
                    .isInstanceOf(StoreFailure.class)
                    .hasMessageContaining("did not answer those before within 100 ms");
            assertThat(Thread.interrupted()).isTrue();
            assertThat(first).isNotDone();
            keeper.close();
            assertThatThrownBy(first::join).hasCauseInstanceOf(StoreFailure.class);
        }
    }

    @Test
    @Proves("law 13")
    void aCloseEndsTheLoginOfAConnectionThatIsBeingOpened() {
        try (FaultyProxy proxy = FaultyProxy.to(RealRedis.shared().port())) {
            RedisTarget silent = RedisTarget.parse(proxy.uri()).withTimeouts(LONG, LONG);
            Keeper keeper = new Keeper(() -> silent, new Callers(this::lend));
            proxy.inject(Faults.silence());
            CompletableFuture<Object> first = CompletableFuture.supplyAsync(() -> ask(keeper), ThreadPerTask.EXECUTOR);
            Awaitility.await().until(() -> proxy.strikes() > 0);

            long begin = System.nanoTime();
            keeper.close();
            assertThatThrownBy(first::join).hasCauseInstanceOf(StoreFailure.class);
            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Keeper.LONGEST_OPENING.dividedBy(2));
        }
    }

    private static Object ask(Keeper keeper) {
        return keeper.run(Script.KEYS, List.of(), EVERYTHING);
    }
}
