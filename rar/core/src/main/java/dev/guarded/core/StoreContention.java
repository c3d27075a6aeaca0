// SPDX-License-Identifier: Apache-2.0
package dev.guarded.core;

import dev.guarded.core.spi.AcquireCommand;
import dev.guarded.core.spi.AcquireCommand.Mode;
import dev.guarded.core.spi.AcquireReply;
import dev.guarded.core.spi.Sharing;
import dev.guarded.core.spi.StoreFailure;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * This JVM's one place in the store's queue for a key. Follows the client's rules of the store protocol: a grant is
 * counted from a moment before the command that proves it was made later, and a push is believed only if it is younger
 * than that proof.
 */
final class StoreContention implements Contention {

    private static final long FIRST_POLL = 10_000_000;
    private static final long LONGEST_POLL = 1_000_000_000;

    /** How long a grant that was announced is used before the store confirms it; most are given back sooner. */
    private static final long UNCONFIRMED = 100_000_000;

    private final ClusterReach cluster;
    private final LockQueue queue;
    private final StoreKey key;
    private final Sharing sharing;
    private String token;
    private boolean sent;
    private boolean unanswered;
    private boolean queued;
    private long base;
    private long proof;
    private long nextAt;
    private long poll = FIRST_POLL;
    private final AtomicReference<@Nullable Push> push = new AtomicReference<>();
    private volatile boolean hinted;
    private volatile String noticedFor = "";

    /** A grant as the store announced it. */
    private record Push(String token, long fence, boolean contended) {}

    StoreContention(ClusterReach cluster, LockQueue queue, StoreKey key, Sharing sharing) {
        this.cluster = cluster;
        this.queue = queue;
        this.key = key;
        this.sharing = sharing;
        this.token = cluster.tokens().fresh();
    }

    @Override
    public Step step(Waiter waiter) {
        long now = cluster.ticker().nanos();
        if (sent) {
            StoreHold pushed = pushedHold(now);
            if (pushed != null) {
                return new Got(pushed);
            }
            if (hinted) {
                hinted = false;
                nextAt = now;
            }
            if (!unanswered && nextAt - now > 0 && !waiter.tryOnly()) {
                return new Wait(nextAt - now);
            }
        }
        return ask(waiter);
    }

    private Step ask(Waiter waiter) {
        cluster.listen();
        boolean hearing = cluster.store().hearing();
        Mode mode = waiter.tryOnly() ? Mode.TRY : queued ? Mode.REFRESH : Mode.QUEUE;
        if (!admitted(waiter)) {
            return new Wait(0);
        }
        AcquireReply reply;
        boolean unansweredBefore = unanswered;
        long send = cluster.ticker().nanos();
        try {
            if (!sent) {
                sent = true;
                base = send;
                proof = 0;
                cluster.tokens().contending(token, this);
            }
            unanswered = true;
            reply = cluster.store()
                    .acquire(new AcquireCommand(
                            key.key(),
                            token,
                            key.leaseTime(),
                            cluster.tokens().highestFence(),
                            mode,
                            hearing,
                            sharing,
                            cluster.holderText()));
        } catch (StoreFailure failure) {
            // What never left needs not be undone, and is asked again as soon as the waiter has a turn.
            unanswered = failure.sent() || unansweredBefore;
            if (failure.sent()) {
                cluster.tokens().strayed(token);
            }
            nextAt = send;
            throw failure;
        } catch (RuntimeException | Error unexpected) {
            cluster.tokens().strayed(token);
            throw unexpected;
        } finally {
            cluster.admission().leave();
        }
        unanswered = false;
        waiter.answered();
        queue.failing = null;
        if (reply instanceof AcquireReply.Resent resent) {
            cluster.tokens().strayed(token);
            reply = resent.reply();
        }
        if (reply instanceof AcquireReply.Granted granted) {
            return granted(granted, send);
        }
        if (reply instanceof AcquireReply.Busy busy) {
            return waiter.tryOnly() ? new Refused() : busy(busy, send, hearing);
        }
        // The place is lost, so nothing is left at the store under this token.
        queued = false;
        startAgain();
        return new Wait(0);
    }

    /** Waits to be let in; tells whether it was, or ran out of time while the store's last word was that it is busy. */
    private boolean admitted(Waiter waiter) {
        try {
            cluster.admission().enter(waiter.left(cluster.ticker().nanos()));
            return true;
        } catch (StoreFailure crowded) {
            if (queued && !unanswered) {
                return false;
            }
            throw crowded;
        }
    }

    private Step granted(AcquireReply.Granted reply, long send) {
        long deadline = send + key.usableNanos();
        if (deadline - cluster.ticker().nanos() <= 0) {
            // The answer took longer than the lease: what it grants may be somebody else's by now.
            queued = true;
            startAgain();
            return new Wait(0);
        }
        return new Got(hold(reply.fence(), reply.contended(), deadline));
    }

    private Step busy(AcquireReply.Busy reply, long send, boolean hearing) {
        queued = true;
        base = send;
        proof = reply.proof();
        long now = cluster.ticker().nanos();
        long next = send + key.refreshNanos();
        if (reply.ttlMillis() >= 0) {
            // The store answers 0 for a lock that has a fraction of a millisecond left.
            next = Math.min(next, now + (reply.ttlMillis() + 2) * 1_000_000);
        } else {
            next = Math.min(next, now + LONGEST_POLL);
        }
        if (!hearing || reply.mute()) {
            next = Math.min(next, now + ThreadLocalRandom.current().nextLong(poll / 2, poll));
            poll = Math.min(LONGEST_POLL, poll * 2);
        }
        nextAt = next;
        return new Wait(Math.max(0, next - now));
    }

    private @Nullable StoreHold pushedHold(long now) {
        // In one step: an announcement that comes between a look and a wiping would be lost until the next refresh.
        Push told = push.getAndSet(null);
        if (told == null || !told.token().equals(token)) {
            return null;
        }
        long deadline = base + key.usableNanos();
        if (told.fence() <= proof || deadline - now < key.refreshNanos()) {
            // Too old to be proof, or too little left to trust: ask.
            nextAt = now;
            return null;
        }
        StoreHold hold = hold(told.fence(), told.contended(), deadline);
        hold.renewWithin(Math.min(UNCONFIRMED, key.refreshNanos() / 4));
        return hold;
    }

    private StoreHold hold(long fence, boolean contended, long deadline) {
        cluster.tokens().saw(fence);
        StoreHold hold = new StoreHold(cluster, queue, key, token, fence, deadline);
        cluster.tokens().holding(token, hold);
        if (contended || noticedFor.equals(token)) {
            hold.noteContended();
        }
        return hold;
    }

    /** Takes note of a grant announced by the store; called by any thread. */
    void pushed(String forToken, long fence, boolean contended) {
        push.set(new Push(forToken, fence, contended));
        queue.wakeHead();
    }

    /** Makes the next step ask the store; called by any thread. */
    void hint() {
        hinted = true;
        queue.wakeHead();
    }

    /** Takes note of another waiter before this one has read of its own grant; called by any thread. */
    void noteContended(String forToken) {
        noticedFor = forToken;
    }

    private void startAgain() {
        abandon();
        token = cluster.tokens().fresh();
        sent = false;
        queued = false;
        nextAt = cluster.ticker().nanos();
    }

    @Override
    public void abandon() {
        String last = token;
        if (sent && (queued || unanswered)) {
            queue.mutex.afterwards(() -> cluster.recovery().release(key, last));
        } else if (sent) {
            queue.mutex.afterwards(() -> cluster.forget(key, last));
        }
    }

    @Override
    public void cancel() {
        if (sent && (queued || unanswered)) {
            cluster.recovery().releaseNow(key, token);
        }
    }
}
