// SPDX-License-Identifier: Apache-2.0
package dev.guarded.core;

import dev.guarded.core.spi.HeldToken;
import dev.guarded.core.spi.Inbox;
import dev.guarded.core.spi.LockStore;
import dev.guarded.core.spi.ReleaseCommand;
import dev.guarded.core.spi.ReleaseReply;
import dev.guarded.core.spi.Scheduler;
import dev.guarded.core.spi.StoreFailure;
import dev.guarded.core.spi.StoredLock;
import dev.guarded.core.spi.Surroundings;
import dev.guarded.core.spi.Ticker;
import dev.guarded.lock.Reach;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/** What all locks of reach CLUSTER of one engine share: the store, this node's tokens, and who keeps them in order. */
final class ClusterReach implements Inbox {

    /** How long to go on undoing a grant of which only the key is known. */
    private static final Duration ORPHAN = Duration.ofSeconds(30);

    private static final long CLOSING_PATIENCE = Duration.ofSeconds(3).toNanos();

    /** How long a command without a deadline of its own waits to be let in: a crowd is not an outage. */
    private static final Duration CROWD_PATIENCE = Duration.ofSeconds(2);

    /** The same where there is another way, or where the answer is only wanted if it comes at once. */
    private static final Duration SHORT_PATIENCE = Duration.ofMillis(50);

    private final LockStore store;
    private final Scheduler scheduler;
    private final Ticker ticker;
    private final Surroundings surroundings;
    private final String nodeName;
    private final Tokens tokens = new Tokens();
    private final Admission admission;
    private final Renewals renewals;
    private final Recovery recovery;
    private final AtomicBoolean listening = new AtomicBoolean();
    private volatile boolean stopping;

    ClusterReach(
            EngineSettings settings,
            LockStore store,
            Scheduler scheduler,
            Ticker ticker,
            Surroundings surroundings,
            Leaks leaks) {
        this.store = store;
        this.scheduler = scheduler;
        this.ticker = ticker;
        this.surroundings = surroundings;
        this.nodeName = settings.nodeName();
        this.admission = new Admission(settings.maxInFlight());
        this.renewals = new Renewals(this, leaks);
        this.recovery = new Recovery(this);
    }

    LockStore store() {
        return store;
    }

    Scheduler scheduler() {
        return scheduler;
    }

    Ticker ticker() {
        return ticker;
    }

    Tokens tokens() {
        return tokens;
    }

    Admission admission() {
        return admission;
    }

    Renewals renewals() {
        return renewals;
    }

    Recovery recovery() {
        return recovery;
    }

    /** Forgets a token that has nothing at the store any more; what a late copy of its command may take is released. */
    void forget(StoreKey key, String token) {
        if (tokens.forget(token)) {
            recovery.releaseLate(key, token);
        }
    }

    String holderText() {
        return HolderText.of(nodeName, surroundings.application(), Owner.nameOf(Thread.currentThread()));
    }

    /** Tells whether any lock of the store was ever asked for. */
    boolean inUse() {
        return listening.get();
    }

    /** Starts to listen at the first need, so that an adapter nobody uses touches no store. */
    void listen() {
        if (!listening.get() && listening.compareAndSet(false, true)) {
            store.listen(tokens.node(), this);
        }
    }

    /** Releases over the callers' pool, or over the connection kept aside when the pool is short. */
    ReleaseReply release(ReleaseCommand command) {
        try {
            admission.enter(stopping ? 0 : SHORT_PATIENCE.toNanos());
        } catch (StoreFailure crowded) {
            return store.release(command.inBackground());
        }
        try {
            // A stopping server has destroyed its pool already.
            return store.release(stopping ? command.inBackground() : command);
        } finally {
            admission.leave();
        }
    }

    boolean downgrade(HeldToken held, Duration leaseTime) {
        return letIn(CROWD_PATIENCE, () -> store.downgrade(held, leaseTime, tokens.highestFence()));
    }

    /** Releases for somebody else, who is told that he has lost. */
    ReleaseReply forceRelease(String key, String token) {
        return letIn(CROWD_PATIENCE, () -> store.release(ReleaseCommand.byForce(key, token, tokens.highestFence())));
    }

    List<String> keys() {
        return letIn(CROWD_PATIENCE, store::keys);
    }

    StoredLock inspect(String key) {
        return letIn(CROWD_PATIENCE, () -> store.inspect(key));
    }

    /** Looks for somebody whose time is over, and who wants to be gone. */
    StoredLock glance(String key) {
        return letIn(SHORT_PATIENCE, () -> store.inspect(key));
    }

    private <T> T letIn(Duration patience, Supplier<T> command) {
        admission.enter(patience.toNanos());
        try {
            return command.get();
        } finally {
            admission.leave();
        }
    }

    /** Gives everything back, one after the other for at most 3 s, and closes the store. */
    void close(List<Runnable> leftovers) {
        stopping = true;
        renewals.close();
        long end = ticker.nanos() + CLOSING_PATIENCE;
        for (Runnable givingBack : leftovers) {
            if (ticker.nanos() - end < 0) {
                givingBack.run();
            }
        }
        store.close();
    }

    @Override
    public void granted(String key, String token, long fence, boolean contended) {
        StoreContention waiting = tokens.contention(token);
        if (waiting != null) {
            waiting.pushed(token, fence, contended);
        } else if (!tokens.known(token) && token.startsWith(tokens.node() + '.')) {
            // Nobody waits for it any more: a copy of an old command was executed late.
            StoreKey orphan = new StoreKey(Reach.CLUSTER, key, ORPHAN, ORPHAN, 1, false);
            recovery.release(orphan, token);
        }
    }

    @Override
    public void contended(String token) {
        StoreContention waiting = tokens.contention(token);
        if (waiting != null) {
            waiting.noteContended(token);
        }
        StoreHold hold = tokens.hold(token);
        if (hold != null) {
            hold.noteContended();
        }
    }

    @Override
    public void lost(String token) {
        // No more than a hint: the store is asked whether it is so.
        StoreHold hold = tokens.hold(token);
        if (hold != null) {
            hold.doubt();
        }
    }

    @Override
    public void hearingAgain() {
        tokens.contentions().forEach(StoreContention::hint);
        tokens.holds().forEach(StoreHold::noteContended);
    }
}
