// SPDX-License-Identifier: Apache-2.0
package dev.guarded.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.guarded.core.spi.AcquireReply;
import dev.guarded.core.spi.ReleaseCommand;
import dev.guarded.core.spi.ReleaseReply;
import dev.guarded.core.spi.StoreFailure;
import dev.guarded.lock.NamedLock;
import dev.guarded.lock.ReleaseOutcome;
import dev.guarded.testkit.Proves;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import org.junit.jupiter.api.Test;

/** A command that was sent once more because its connection broke may be executed when its owner has long gone. */
class LateCopyTest {

    private static final Duration SOON = Duration.ofMillis(100);
    private static final Duration LATER = Duration.ofSeconds(1);

    private final ScriptedStore store = new ScriptedStore();
    private final NamedLock lock = store.engine().getOrCreateLock("orders");

    private static AcquireReply resent(AcquireReply reply) {
        return new AcquireReply.Resent(reply);
    }

    private void assertGivenBack(int times) {
        assertThat(store.releases).hasSize(times);
        assertThat(store.releases).extracting(ReleaseCommand::token).containsOnly(token());
    }

    private String token() {
        return store.lastAcquisition().token();
    }

    @Test
    @Proves({"H10", "law 5"})
    void whatACopyMayTakeAfterTheReleaseIsGivenBackTwiceMore() {
        store.acquire = command -> resent(new AcquireReply.Granted(7, false));
        assertThat(lock.acquire(Duration.ZERO).release()).isEqualTo(ReleaseOutcome.RELEASED);
        assertGivenBack(1);
        store.time.advance(SOON);
        assertGivenBack(2);
        store.time.advance(LATER);
        assertGivenBack(3);
        store.time.advance(Duration.ofHours(1));
        assertGivenBack(3);
    }

    @Test
    @Proves({"H10", "law 5"})
    void lockThatACopyTookAfterTheReleaseIsFreeSoon() {
        Cluster cluster = new Cluster();
        NamedLock elsewhere = cluster.two.getOrCreateLock("orders");
        cluster.wireOne.delayCopyOfAcquisition();
        cluster.one.getOrCreateLock("orders").acquire(Duration.ZERO).release();
        cluster.wireOne.deliverCopy();
        assertThat(elsewhere.tryAcquire()).isEmpty();
        cluster.pass(SOON);
        assertThat(elsewhere.tryAcquire()).isPresent();
    }

    @Test
    @Proves("law 5")
    void errorThatNobodyExpectsMayHaveLeftACopyToo() {
        store.acquire = command -> {
            throw new IllegalStateException("unexpected");
        };
        assertThatThrownBy(() -> lock.acquire(Duration.ZERO)).hasMessage("unexpected");
        store.time.advance(LATER);
        assertGivenBack(3);
    }

    @Test
    @Proves("law 5")
    void oneThatWasSentOnceCostsNoFurtherRelease() {
        lock.acquire(Duration.ZERO).release();
        store.time.advance(LATER);
        assertGivenBack(1);
    }

    @Test
    @Proves("law 5")
    void refusalOfTheSecondCopyDoesNotMeanThatTheFirstIsRefused() {
        store.acquire = command -> resent(new AcquireReply.Busy(1000, 7, false));
        assertThat(lock.tryAcquire()).isEmpty();
        store.time.advance(LATER);
        assertGivenBack(2);
    }

    @Test
    @Proves("law 5")
    void copyThatWasNotAnsweredIsUndoneLikeOneThatWasSentAgain() {
        Queue<StoreFailure> failures = new ArrayDeque<>(List.of(new StoreFailure("no answer", true, null)));
        store.acquire = command -> {
            StoreFailure failure = failures.poll();
            if (failure != null) {
                throw failure;
            }
            return new AcquireReply.Granted(7, false);
        };
        lock.acquire(Duration.ofSeconds(1)).release();
        store.time.advance(LATER);
        assertGivenBack(3);
    }

    @Test
    @Proves("law 5")
    void storeThatIsSilentThenIsNotAskedForEver() {
        store.acquire = command -> resent(new AcquireReply.Granted(7, false));
        lock.acquire(Duration.ZERO).release();
        store.release = command -> {
            throw new StoreFailure("no answer", true, null);
        };
        store.time.advance(LATER);
        assertGivenBack(3);
        store.release = command -> ReleaseReply.NOT_OWNER;
        store.time.advance(Duration.ofHours(1));
        assertGivenBack(3);
    }
}
