// SPDX-License-Identifier: Apache-2.0
package dev.guarded.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.guarded.core.spi.AcquireReply;
import dev.guarded.core.spi.ReleaseCommand;
import dev.guarded.core.spi.RenewReply;
import dev.guarded.lock.Lease;
import dev.guarded.lock.NamedLock;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a node believes of what it is told without having asked. */
class PushTest {

    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final long PROOF = 5000;

    private final ScriptedStore store = new ScriptedStore();
    private final LockEngine engine = store.engine();
    private final NamedLock lock = engine.getOrCreateLock("orders");

    @BeforeEach
    void isBusy() {
        store.acquire = command -> new AcquireReply.Busy(60_000, PROOF, false);
    }

    private CompletableFuture<Lease> waiting() {
        CompletableFuture<Lease> stage = lock.acquireAsync(MINUTE).toCompletableFuture();
        store.time.advance(Duration.ZERO);
        return stage;
    }

    private void told(long fence) {
        store.inbox().granted("orders", store.lastAcquisition().token(), fence, false);
        store.time.advance(Duration.ZERO);
    }

    private void hears(String token) {
        store.inbox().granted("orders", token, PROOF + 1, false);
        store.time.advance(Duration.ZERO);
    }

    @Test
    void grantAboveTheProofIsBelievedWithoutACommand() {
        CompletableFuture<Lease> stage = waiting();
        told(PROOF + 1);
        assertThat(stage.join().fencingToken()).isEqualTo((PROOF + 1) * StoreHold.LEASES_A_FENCE);
        assertThat(store.acquisitions).hasSize(1);
    }

    @Test
    void grantThatIsNotAboveTheProofIsAskedFor() {
        CompletableFuture<Lease> stage = waiting();
        told(PROOF);
        assertThat(stage).isNotDone();
        assertThat(store.acquisitions).as("asked at once").hasSize(2);
    }

    @Test
    void grantOfAnotherTokenIsIgnored() {
        CompletableFuture<Lease> stage = waiting();
        store.time.advance(Duration.ofMillis(500));
        hears("somebody.else");
        hears(store.lastAcquisition().token() + "0");
        assertThat(stage).isNotDone();
        assertThat(store.acquisitions).hasSize(1);
        store.time.advance(Duration.ofMillis(500));
        assertThat(store.acquisitions).as("the refresh comes when it was due").hasSize(2);
    }

    @Test
    void grantOfWhichLessThanAThirdMayBeLeftIsAskedFor() {
        assertThat(waiting()).isNotDone();
        // A third is 1 s, and what may be relied upon 2970 ms; the refresh is due after 1 s, and comes late here.
        store.time.pause(Duration.ofMillis(1970).plusNanos(1));
        store.inbox().granted("orders", store.lastAcquisition().token(), PROOF + 1, false);
        store.time.advance(Duration.ZERO);
        assertThat(store.acquisitions).hasSize(2);
    }

    @Test
    void grantOfWhichAThirdIsLeftIsBelieved() {
        CompletableFuture<Lease> stage = waiting();
        store.time.pause(Duration.ofMillis(1970));
        store.inbox().granted("orders", store.lastAcquisition().token(), PROOF + 1, false);
        store.time.advance(Duration.ZERO);
        assertThat(stage.join().remaining()).isEqualTo(Duration.ofSeconds(1));
        assertThat(store.acquisitions).hasSize(1);
    }

    @Test
    void nodeThatHearsAgainAsksAtOnceForWhatItWaits() {
        assertThat(waiting()).isNotDone();
        store.time.advance(Duration.ofMillis(500));
        assertThat(store.acquisitions).hasSize(1);
        store.inbox().hearingAgain();
        store.time.advance(Duration.ZERO);
        assertThat(store.acquisitions).hasSize(2);
        store.time.advance(Duration.ofMillis(999));
        assertThat(store.acquisitions).as("and again after a third").hasSize(2);
        store.time.advance(Duration.ofMillis(1));
        assertThat(store.acquisitions).hasSize(3);
    }

    @Test
    void grantNobodyWaitsForIsGivenBackAndAnothersIsNot() {
        assertThat(waiting()).isNotDone();
        String node = store.lastAcquisition().token().split("\\.", 2)[0];
        store.inbox().granted("orders", node + ".00", PROOF + 1, false);
        store.inbox().granted("orders", "another.00", PROOF + 1, false);
        store.inbox().granted("orders", node + "00", PROOF + 1, false);
        store.time.advance(Duration.ZERO);
        assertThat(store.releases)
                .containsExactly(new ReleaseCommand("orders", node + ".00", 0, Duration.ZERO, true, false));
    }

    @Test
    void grantThatIsHeldAlreadyIsNotGivenBack() {
        CompletableFuture<Lease> stage = waiting();
        told(PROOF + 1);
        told(PROOF + 1);
        assertThat(store.releases).isEmpty();
        assertThat(stage.join().isHeld()).isTrue();
    }

    @Test
    void messageOfALossIsProvenByARenewalAtOnce() {
        CompletableFuture<Lease> stage = waiting();
        String token = store.lastAcquisition().token();
        told(PROOF + 1);
        store.time.advance(Duration.ofMillis(500));
        int before = store.renewals.size();
        store.inbox().lost("somebody.else");
        store.time.advance(Duration.ofMillis(1));
        assertThat(store.renewals).hasSize(before);
        store.inbox().lost(token);
        store.time.advance(Duration.ofMillis(1));
        assertThat(store.renewals).hasSize(before + 1);
        assertThat(stage.join().isHeld()).as("the store has it still").isTrue();
    }

    @Test
    void contentionThatIsToldBeforeTheGrantIsReadBoundsTheHandOver() {
        store.acquire = command -> {
            store.inbox().contended(command.token());
            return new AcquireReply.Granted(PROOF, false);
        };
        assertThat(handedOverWithinTheNode(Duration.ofMillis(6))).isFalse();
    }

    @Test
    void contentionOfTheReplyBoundsTheHandOver() {
        store.acquire = command -> new AcquireReply.Granted(PROOF, true);
        assertThat(handedOverWithinTheNode(Duration.ofMillis(6))).isFalse();
    }

    @Test
    void handOverGoesOnForFiveMilliseconds() {
        store.acquire = command -> new AcquireReply.Granted(PROOF, true);
        assertThat(handedOverWithinTheNode(Duration.ofMillis(5))).isTrue();
    }

    @Test
    void nodeThatCannotHearHandsOverAsIfSomebodyWaited() {
        store.acquire = command -> new AcquireReply.Granted(PROOF, false);
        assertThat(handedOverWithinTheNode(Duration.ofMillis(6))).isTrue();
        store.hearing = false;
        assertThat(handedOverWithinTheNode(Duration.ofMillis(6))).isFalse();
    }

    @Test
    void nodeThatHearsAgainHandsOverAsIfSomebodyWaited() {
        store.acquire = command -> new AcquireReply.Granted(PROOF, false);
        Lease first = lock.acquire(Duration.ZERO).detach();
        store.inbox().hearingAgain();
        assertThat(handedOverWithinTheNode(first, Duration.ofMillis(6))).isFalse();
    }

    private boolean handedOverWithinTheNode(Duration after) {
        return handedOverWithinTheNode(lock.acquire(Duration.ZERO).detach(), after);
    }

    /** Hands over twice, the second time a while after the first; tells whether the second was one without a command. */
    private boolean handedOverWithinTheNode(Lease first, Duration after) {
        CompletableFuture<Lease> second = waiting();
        CompletableFuture<Lease> third = waiting();
        first.close();
        store.time.advance(Duration.ZERO);
        store.time.pause(after);
        int before = store.releases.size();
        second.join().close();
        store.time.advance(Duration.ZERO);
        third.join().close();
        return store.releases.size() == before + 1;
    }

    @Test
    void contentionThatARenewalShowsBoundsTheHandOver() {
        store.acquire = command -> new AcquireReply.Granted(PROOF, false);
        Lease first = lock.acquire(Duration.ZERO).detach();
        store.renew = held -> RenewReply.CONTENDED;
        first.renew();
        assertThat(handedOverWithinTheNode(first, Duration.ofMillis(6))).isFalse();
    }

    @Test
    void contentionThatIsToldToTheHolderBoundsTheHandOver() {
        store.acquire = command -> new AcquireReply.Granted(PROOF, false);
        Lease first = lock.acquire(Duration.ZERO).detach();
        store.inbox().contended(store.lastAcquisition().token());
        assertThat(handedOverWithinTheNode(first, Duration.ofMillis(6))).isFalse();
    }
}
