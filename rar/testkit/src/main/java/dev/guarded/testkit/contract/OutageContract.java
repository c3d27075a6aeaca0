// SPDX-License-Identifier: Apache-2.0
package dev.guarded.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.guarded.lock.AcquireInterruptedException;
import dev.guarded.lock.Lease;
import dev.guarded.lock.LockStoreException;
import dev.guarded.lock.NamedLock;
import dev.guarded.lock.ReleaseOutcome;
import dev.guarded.testkit.Proves;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** No answer is not the same as no: a store that is away is said to be away, in time, and no body runs meanwhile. */
public abstract class OutageContract extends Contract<FaultyCluster> {

    @Test
    @Proves({"H11", "C7", "#32", "law 2", "law 6"})
    void anAcquisitionWithoutAnswerIsAFailureOfTheStoreWithinItsTimeout() {
        NamedLock lock = lockOn(0);
        site().cutOff(0);
        Duration timeout = Duration.ofMillis(500);
        Caller<Lease> caller = start(() -> lock.acquire(timeout));
        assertThat(caller.failure()).isInstanceOfSatisfying(LockStoreException.class, failure -> {
            assertThat(failure.lockName()).isEqualTo(name());
            assertThat(failure.retryable()).isTrue();
            assertThat(failure)
                    .hasMessageStartingWith("GUARDED-")
                    .hasMessageEndingWith("Nothing is held; try again later.");
        });
        assertThat(caller.took()).isBetween(timeout, timeout.plus(ONE_COMMAND));
    }

    @Test
    @Proves({"H11", "D3", "#32", "law 2"})
    void tryingOnceWithoutAnswerIsAFailureOfTheStoreToo() {
        NamedLock lock = lockOn(0);
        site().cutOff(0);
        Caller<Boolean> caller = start(() -> lock.tryAcquire().isPresent());
        assertThat(caller.failure()).isInstanceOf(LockStoreException.class);
        assertThat(caller.took()).isLessThan(ONE_COMMAND.multipliedBy(2));
        assertThatThrownBy(lock::isLocked).isInstanceOf(LockStoreException.class);
        assertThatThrownBy(lock::status)
                .isInstanceOf(LockStoreException.class)
                .hasMessageEndingWith("Who holds it is not known; try again later.");
    }

    @Test
    @Proves({"#26", "law 18"})
    void noBodyRunsWithoutTheStoresWord() {
        NamedLock lock = lockOn(0);
        site().cutOff(0);
        AtomicBoolean ran = new AtomicBoolean();
        assertThatThrownBy(() -> lock.run(Duration.ofMillis(100), () -> ran.set(true)))
                .isInstanceOf(LockStoreException.class);
        assertThatThrownBy(() -> lock.tryRun(() -> ran.set(true))).isInstanceOf(LockStoreException.class);
        assertThat(ran).isFalse();
    }

    @Test
    @Proves({"H11", "law 6"})
    void aWaitThatOutlastsTheOutageIsGranted() {
        NamedLock lock = lockOn(0);
        site().cutOff(0);
        Caller<Lease> waiter = start(() -> lock.acquire(PATIENCE));
        letPass(Duration.ofMillis(300));
        assertThat(waiter.isDone()).isFalse();
        site().reconnect(0);
        assertThat(waiter.result().isHeld()).isTrue();
        assertTaken(lockOn(1));
    }

    @Test
    @Proves({"#10", "law 9"})
    void aWaiterThatWasCutOffMeanwhileStillHearsOfTheRelease() {
        Lease held = lockOn(1).acquire(PATIENCE);
        Caller<Lease> waiter = startWaiting(lockOn(0));
        awaitWaiters(lockOn(1), 1);
        site().cutOff(0);
        held.release();
        site().reconnect(0);
        assertThat(waiter.result().isHeld()).isTrue();
    }

    @Test
    @Proves({"C8", "#39", "law 2", "law 8"})
    void aReleaseWithoutAnswerIsUnknownAndGetsThroughLater() {
        Lease lease = lockOn(0).acquire(PATIENCE);
        site().cutOff(0);
        assertThat(lease.release()).isEqualTo(ReleaseOutcome.UNKNOWN);
        assertThat(lease.isHeld()).isFalse();
        site().reconnect(0);
        assertThat(lockOn(1).acquire(PATIENCE).isHeld()).isTrue();
        assertThat(lease.release()).isEqualTo(ReleaseOutcome.NOT_OWNER);
    }

    @Test
    @Proves({"C8", "#16"})
    void closingDuringAnOutageHidesNoException() {
        Lease lease = lockOn(0).acquire(PATIENCE);
        assertThatThrownBy(() -> {
                    try (lease) {
                        site().cutOff(0);
                        throw new ArithmeticException("what the body has to say");
                    }
                })
                .isInstanceOf(ArithmeticException.class)
                .hasNoSuppressedExceptions();
        lease.close();
        site().reconnect(0);
        assertFree(lockOn(1));
    }

    @Test
    @Proves({"#32", "law 2"})
    void aRenewalWithoutAnswerLeavesTheLeaseItsEnd() {
        Lease lease = lockOn(0).acquire(PATIENCE);
        site().cutOff(0);
        assertThatThrownBy(lease::renew)
                .isInstanceOf(LockStoreException.class)
                .hasMessageEndingWith("The lease keeps the end that it had; try again later.");
        assertThat(lease.isHeld()).isTrue();
        site().reconnect(0);
        assertThat(lease.release()).isNotEqualTo(ReleaseOutcome.NOT_OWNER);
        assertFree(lockOn(1));
    }

    @Test
    @Proves({"H10", "#3", "law 5"})
    void anInterruptEndsTheWaitForTheStore() {
        NamedLock lock = lockOn(0);
        site().cutOff(0);
        Caller<Lease> waiter = start(() -> lock.acquire(PATIENCE));
        letPass(Duration.ofMillis(100));
        waiter.interrupt();
        assertThat(waiter.failure()).isInstanceOf(AcquireInterruptedException.class);
        assertThat(waiter.took()).isLessThan(PATIENCE.dividedBy(2));
        site().reconnect(0);
        assertFree(lockOn(1));
    }

    @Test
    @Proves("law 6")
    void oneNodesOutageLeavesTheOtherAlone() {
        NamedLock cut = lockOn(0);
        site().cutOff(0);
        assertFree(lockOn(1));
        lockOn(1).run(PATIENCE, () -> {});
        site().reconnect(0);
        assertFree(cut);
    }

    private NamedLock lockOn(int node) {
        return site().node(node).getOrCreateLock(name(), site().settings());
    }
}
