// SPDX-License-Identifier: Apache-2.0
package dev.guarded.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.guarded.core.EngineStep.Acquire;
import dev.guarded.core.EngineStep.Cut;
import dev.guarded.core.EngineStep.Detach;
import dev.guarded.core.EngineStep.Downgrade;
import dev.guarded.core.EngineStep.ForceRelease;
import dev.guarded.core.EngineStep.GiveUp;
import dev.guarded.core.EngineStep.LoseMessages;
import dev.guarded.core.EngineStep.LoseReplies;
import dev.guarded.core.EngineStep.Manner;
import dev.guarded.core.EngineStep.Mend;
import dev.guarded.core.EngineStep.Pass;
import dev.guarded.core.EngineStep.Pause;
import dev.guarded.core.EngineStep.Release;
import dev.guarded.core.EngineStep.Renew;
import dev.guarded.core.spi.Inbox;
import dev.guarded.lock.Lease;
import dev.guarded.lock.LockException;
import dev.guarded.lock.LockSettings;
import dev.guarded.lock.NamedLock;
import dev.guarded.lock.Reach;
import dev.guarded.lock.ReleaseOutcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** One lock of two nodes, and all who have ever asked for it. Does steps, and shows what came of them. */
final class LockWorld {

    private static final Duration STEP = Duration.ofMillis(200);
    private static final int TURNS_TO_SETTLE = 3;

    final List<Attempt> attempts = new ArrayList<>();
    private final Cluster cluster = new Cluster();
    private final List<MemoryNode> wires = List.of(cluster.wireOne, cluster.wireTwo);
    private final List<Waiting> threads = new ArrayList<>();
    private final LockSettings settings;
    private final Set<Long> takenRights = new HashSet<>();
    private boolean calm = true;

    LockWorld(LockSettings settings) {
        this.settings = settings;
    }

    /** Tells whether nothing has gone wrong so far. */
    boolean calm() {
        return calm;
    }

    LockEngine engine(int node) {
        // What is LOCAL has one node.
        return node == 0 || settings.reach().orElseThrow() == Reach.LOCAL ? cluster.one : cluster.two;
    }

    NamedLock lock(int node) {
        return engine(node).getOrCreateLock("orders", settings);
    }

    MemoryStore store() {
        return cluster.store;
    }

    Stream<Attempt> holders() {
        return attempts.stream().filter(Attempt::holds);
    }

    Stream<Attempt> waiting() {
        return attempts.stream().filter(Attempt::waits);
    }

    /** Does a step and all that follows from it at once. */
    void does(EngineStep step) {
        if (step instanceof Acquire acquire) {
            acquire(acquire);
        } else if (step instanceof GiveUp giveUp) {
            with(waiting().toList(), giveUp.which(), Attempt::giveUp);
        } else if (step instanceof Release release) {
            with(holders().toList(), release.which(), holder -> release(holder, release.byClosing()));
        } else if (step instanceof Renew renew) {
            with(
                    holders().toList(),
                    renew.which(),
                    holder -> asks(() -> holder.lease().renew()));
        } else if (step instanceof Detach detach) {
            with(holders().toList(), detach.which(), holder -> holder.lease().detach());
        } else if (step instanceof Downgrade downgrade) {
            with(holders().filter(each -> !each.reading && readable()).toList(), downgrade.which(), this::downgrade);
        } else if (step instanceof ForceRelease force) {
            with(holders().toList(), force.which(), holder -> asks(() -> forceRelease(force.node(), holder)));
        } else if (step instanceof Pass pass) {
            pass(pass.time());
        } else {
            goesWrong(step);
        }
        settle();
    }

    private void goesWrong(EngineStep step) {
        calm = false;
        if (step instanceof Pause pause) {
            attempts.forEach(attempt -> attempt.unlucky = true);
            cluster.time.pause(pause.time());
        } else if (step instanceof LoseReplies lose) {
            unlucky(lose.node());
            wires.get(lose.node()).loseReplies(lose.count());
        } else if (step instanceof Cut cut) {
            unlucky(cut.node());
            wires.get(cut.node()).cut();
        } else if (step instanceof LoseMessages lose) {
            wires.get(lose.node()).loseMessages();
        } else if (step instanceof Mend mend) {
            mend(mend.node());
        }
    }

    private void unlucky(int node) {
        attempts.stream().filter(attempt -> attempt.node == node).forEach(attempt -> attempt.unlucky = true);
    }

    private void mend(int node) {
        MemoryNode wire = wires.get(node);
        wire.mend();
        wire.loseReplies(0);
        wire.deliver(Inbox::hearingAgain);
    }

    private static void with(List<Attempt> some, int which, Consumer<Attempt> what) {
        if (!some.isEmpty()) {
            what.accept(some.get(which % some.size()));
        }
    }

    private void acquire(Acquire what) {
        boolean reading = what.reading() && readable();
        NamedLock lock = reading ? lock(what.node()).readLock() : lock(what.node());
        if (what.manner() == Manner.WAIT_WITHOUT_A_THREAD) {
            var stage = lock.acquireAsync(what.timeout()).toCompletableFuture();
            attempts.add(new Attempt(what.node(), reading, stage, () -> stage.cancel(true)));
        } else {
            Duration timeout = what.manner() == Manner.TRY ? Duration.ZERO : what.timeout();
            Waiting waiting = Waiting.start(cluster.time, lock, timeout);
            threads.add(waiting);
            attempts.add(new Attempt(what.node(), reading, waiting.answer(), waiting::interrupt));
        }
        latest().unlucky = !calm;
    }

    Attempt latest() {
        return attempts.get(attempts.size() - 1);
    }

    private boolean readable() {
        return settings.permits().orElse(1) == 1;
    }

    private void release(Attempt holder, boolean byClosing) {
        holder.released = true;
        if (byClosing) {
            holder.lease().close();
            holder.lease().close();
        } else {
            ReleaseOutcome outcome = holder.lease().release();
            if (calm) {
                assertThat(outcome).isEqualTo(ReleaseOutcome.RELEASED);
            }
        }
        assertThat(holder.holds()).isFalse();
        assertThat(holder.lease().release()).isEqualTo(ReleaseOutcome.NOT_OWNER);
    }

    private void downgrade(Attempt holder) {
        // Whether an unanswered one was done, nobody knows; who reads excludes nobody who reads.
        holder.reading = true;
        asks(() -> holder.lease().downgrade());
    }

    private void forceRelease(int node, Attempt holder) {
        long shown = holder.lease().fencingToken();
        holder.takenByForce = true;
        if (engine(node) != engine(holder.node)) {
            takenRights.add(shown / StoreHold.LEASES_A_FENCE);
        }
        ReleaseOutcome outcome = lock(node).forceRelease(shown);
        if (calm) {
            assertThat(outcome).isEqualTo(ReleaseOutcome.RELEASED);
        }
    }

    /** A node that has not heard of it yet hands on what was taken from it, and whoever gets it learns of it as late. */
    private boolean hasATakenRight(Attempt attempt) {
        return attempt.granted() && takenRights.contains(attempt.lease().fencingToken() / StoreHold.LEASES_A_FENCE);
    }

    private void asks(Runnable what) {
        try {
            what.run();
        } catch (LockException e) {
            if (calm) {
                throw e;
            }
        }
    }

    /** Lets time pass, and everybody act when it is due. */
    void pass(Duration time) {
        for (Duration left = time; !left.isZero(); ) {
            Duration some = left.compareTo(STEP) < 0 ? left : STEP;
            step(some);
            left = left.minus(some);
        }
    }

    private void settle() {
        for (int i = 0; i < TURNS_TO_SETTLE; i++) {
            step(Duration.ofMillis(1));
        }
    }

    private void step(Duration time) {
        awaitQuiet();
        cluster.time.advance(time);
        awaitQuiet();
        attempts.forEach(Attempt::noticeGrant);
        attempts.stream().filter(this::hasATakenRight).forEach(attempt -> attempt.takenByForce = true);
    }

    /** Returns when every thread that waits has had its turn and is parked again. */
    private void awaitQuiet() {
        threads.removeIf(Waiting::ended);
        while (cluster.time.parked() < threads.size()) {
            Thread.onSpinWait();
            threads.removeIf(Waiting::ended);
        }
    }

    /** Lets everything go well again, and everybody have the lock and give it back until nobody wants it. */
    void goHome() {
        wires.forEach(MemoryNode::hearMessages);
        mend(0);
        mend(1);
        settle();
        for (int i = 0; i < 3 * attempts.size() && somebodyIsLeft(); i++) {
            holders().toList().forEach(holder -> {
                holder.released = true;
                holder.lease().release();
            });
            pass(Cluster.LEASE);
        }
        pass(Cluster.LEASE.multipliedBy(2));
    }

    private boolean somebodyIsLeft() {
        return waiting().findAny().isPresent() || holders().findAny().isPresent();
    }

    Stream<Lease> leases() {
        return attempts.stream()
                .filter(each -> !each.waits() && !each.refused())
                .map(Attempt::lease);
    }
}
