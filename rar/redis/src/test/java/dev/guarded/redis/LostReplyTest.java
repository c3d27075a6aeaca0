// SPDX-License-Identifier: Apache-2.0
package dev.guarded.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.guarded.core.CloseableLockManager;
import dev.guarded.lock.Lease;
import dev.guarded.lock.LeaseLostException;
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
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.IntFunction;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One connection breaks, at each command of a story in turn: everybody gets the lock once, with a token of his own. */
class LostReplyTest {

    private static final Duration PATIENCE = Duration.ofSeconds(15);

    /** The story takes six scripts at most. */
    private static final int MOST_COMMANDS = 7;

    private final FaultyProxy proxy = FaultyProxy.to(RealRedis.shared().port());
    private final CloseableLockManager node = RedisLockManagers.open(proxy.uri());
    private final CloseableLockManager other =
            RedisLockManagers.open(RealRedis.shared().uri());
    private final String name =
            "lost-reply-" + Long.toHexString(ThreadLocalRandom.current().nextLong());

    @AfterEach
    void close() {
        node.close();
        other.close();
        proxy.close();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    @Proves({"law 1", "law 4", "law 5"})
    void nobodyLocksHimselfOutAndNoTokenComesTwice(boolean executed) {
        IntFunction<Fault> fault =
                k -> executed ? Faults.cutAfterRequest(k, "EVALSHA") : Faults.cutBeforeRequest(k, "EVALSHA");
        long last = 0;
        for (int k = 1; k <= MOST_COMMANDS; k++) {
            proxy.inject(fault.apply(k));
            last = story(node.getOrCreateLock(name), other.getOrCreateLock(name), last);
        }
        assertThat(proxy.strikes()).isGreaterThanOrEqualTo(5);
    }

    /** A lease taken at once, renewed, released; one waited for, released to somebody who waits. */
    private static long story(NamedLock here, NamedLock there, long last) {
        List<LeaseLostException> losses = new CopyOnWriteArrayList<>();
        Lease first = here.acquire(PATIENCE);
        first.onLost(losses::add);
        first.renew();
        assertThat(first.release()).isEqualTo(ReleaseOutcome.RELEASED);
        Lease held = there.acquire(PATIENCE);
        CompletableFuture<Lease> waiting = here.acquireAsync(PATIENCE).toCompletableFuture();
        Awaitility.await().until(() -> there.status().waiters() == 1);
        held.close();
        Lease second = waiting.join();
        second.onLost(losses::add);
        assertThat(there.tryAcquire()).isEmpty();
        assertThat(second.release()).isEqualTo(ReleaseOutcome.RELEASED);
        Lease third = there.acquire(PATIENCE);
        third.close();
        assertThat(List.of(
                        last, first.fencingToken(), held.fencingToken(), second.fencingToken(), third.fencingToken()))
                .isSorted()
                .doesNotHaveDuplicates();
        assertThat(losses).isEmpty();
        return third.fencingToken();
    }

    @Test
    @Proves({"law 4", "law 9"})
    void aWaiterThatIsNeverToldByTheStoreIsGrantedAllTheSame() {
        NamedLock here = node.getOrCreateLock(name);
        Lease held = other.acquire(name, PATIENCE);
        CompletableFuture<Lease> waiting = here.acquireAsync(PATIENCE).toCompletableFuture();
        Awaitility.await().until(() -> other.getOrCreateLock(name).status().waiters() == 1);
        proxy.closeAll();
        held.close();
        assertThat(waiting.join().isHeld()).isTrue();
    }
}
