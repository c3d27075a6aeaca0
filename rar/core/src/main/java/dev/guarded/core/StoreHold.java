// SPDX-License-Identifier: Apache-2.0
package dev.guarded.core;

import dev.guarded.core.spi.HeldToken;
import dev.guarded.core.spi.ReleaseCommand;
import dev.guarded.core.spi.ReleaseReply;
import dev.guarded.core.spi.RenewReply;
import dev.guarded.core.spi.StoreFailure;
import dev.guarded.lock.LeaseLostException;
import dev.guarded.lock.ReleaseOutcome;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** A lock of reach CLUSTER as this JVM holds it at the store, under one token, for one lease after the other. */
final class StoreHold implements Hold {

    /** A fence leaves room for this many leases, so that tokens rise at a hand-over the store knows nothing of. */
    static final int LEASES_A_FENCE = 1024;

    private static final String KEEPS_ITS_END = "The lease keeps the end that it had";
    private static final int MOST_WHEN_CONTENDED = 256;
    private static final long LONGEST_WHEN_CONTENDED = Duration.ofMillis(5).toNanos();

    private final ClusterReach cluster;
    private final LockQueue queue;
    private final StoreKey key;
    private final String token;
    private final long fence;
    private final AtomicLong deadline;
    private int leases;
    private int sinceContended;
    private long contendedAt;
    private volatile boolean contended;
    private volatile boolean mayBeShared;
    private volatile long keepNanos;
    private volatile long renewAt;
    private volatile long hurried;
    private volatile long renewUntil;
    private volatile boolean ended;

    StoreHold(ClusterReach cluster, LockQueue queue, StoreKey key, String token, long fence, long deadline) {
        this.cluster = cluster;
        this.queue = queue;
        this.key = key;
        this.token = token;
        this.fence = fence;
        this.deadline = new AtomicLong(deadline);
        this.hurried = deadline - key.usableNanos();
        this.renewAt = hurried + key.refreshNanos();
    }

    StoreKey key() {
        return key;
    }

    HeldToken held() {
        return new HeldToken(key.key(), token);
    }

    @Override
    public long deadline() {
        return deadline.get();
    }

    @Override
    public boolean is(String storeToken) {
        return token.equals(storeToken);
    }

    @Override
    public long fencingToken() {
        return fence * LEASES_A_FENCE + leases;
    }

    @Override
    public boolean tookACommand() {
        return leases == 0;
    }

    @Override
    public void usedFrom(long now) {
        renewUntil = now + key.maxHold().toNanos();
        if (leases == 0) {
            cluster.renewals().add(this);
        } else {
            // What was near its maxHold, and left alone, is to be renewed again.
            cluster.renewals().soon(this);
        }
    }

    @Override
    public boolean handOver(long now) {
        long left = deadline() - now;
        boolean longEnough = left > Math.max(key.marginNanos(), key.leaseTime().toNanos() / 10);
        if (ended
                || mayBeShared
                || key.fixed()
                || !longEnough
                || leases == LEASES_A_FENCE - 1
                || othersComeFirst(now)) {
            return false;
        }
        leases++;
        return true;
    }

    private boolean othersComeFirst(long now) {
        // Who cannot hear cannot know that nobody waits.
        if (!contended && cluster.store().hearing()) {
            return false;
        }
        if (sinceContended++ == 0) {
            contendedAt = now;
        }
        return sinceContended > MOST_WHEN_CONTENDED || now - contendedAt > LONGEST_WHEN_CONTENDED;
    }

    /** Notes that another node waits; from now on hand-over inside this JVM is bounded. Called by any thread. */
    void noteContended() {
        contended = true;
    }

    @Override
    public void keepTaken(long nanos) {
        keepNanos = nanos;
    }

    @Override
    public ReleaseOutcome giveBack() {
        end();
        boolean inTime = inTime();
        ReleaseCommand command = new ReleaseCommand(
                key.key(), token, cluster.tokens().highestFence(), Duration.ofNanos(keepNanos), false, false);
        boolean resent = false;
        for (int attempt = 0; attempt < 2; attempt++) {
            try {
                // The second time over the connection kept aside: what failed may be the pool.
                ReleaseReply reply = cluster.release(attempt > 0 ? command.inBackground() : command);
                cluster.forget(key, token);
                if (reply == ReleaseReply.RELEASED || reply == ReleaseReply.CANCELLED) {
                    return ReleaseOutcome.RELEASED;
                }
                if (!resent && reply == ReleaseReply.NOT_OWNER) {
                    // Answered after the end of a lease that its owner was done with in time: it may have run out
                    // since.
                    return inTime && !inTime() ? ReleaseOutcome.UNKNOWN : ReleaseOutcome.NOT_OWNER;
                }
                // A repeated release finds nothing because the first one got through.
                return inTime ? ReleaseOutcome.RELEASED : ReleaseOutcome.UNKNOWN;
            } catch (StoreFailure failure) {
                resent = resent || failure.sent();
                if (!failure.retryable()) {
                    break;
                }
            }
        }
        cluster.recovery().release(key, token);
        return ReleaseOutcome.UNKNOWN;
    }

    private boolean inTime() {
        return deadline() - cluster.ticker().nanos() > 0;
    }

    @Override
    public void drop() {
        end();
        queue.mutex.afterwards(() -> cluster.recovery().release(key, token));
    }

    private void end() {
        ended = true;
        cluster.tokens().releasing(token);
        cluster.renewals().remove(this);
    }

    @Override
    public void downgrade(String lockName) {
        // Not undone when there is no answer: the store may have let others in.
        mayBeShared = true;
        long send = cluster.ticker().nanos();
        boolean done;
        try {
            done = cluster.downgrade(held(), key.leaseTime());
        } catch (StoreFailure failure) {
            throw Failures.store(lockName, failure, KEEPS_ITS_END);
        }
        if (!done) {
            noteLost();
            throw lostAtTheStore(lockName);
        }
        deadline.accumulateAndGet(send + key.usableNanos(), Math::max);
    }

    private LeaseLostException lostAtTheStore(String lockName) {
        return new LeaseLostException(
                Failures.lostText(lockName, "the store has it no longer"), lockName, fencingToken());
    }

    @Override
    public void renew(String lockName) {
        long send = cluster.ticker().nanos();
        RenewReply reply;
        try {
            reply = cluster.store().renew(key.leaseTime(), List.of(held())).get(0);
        } catch (StoreFailure failure) {
            throw Failures.store(lockName, failure, KEEPS_ITS_END);
        }
        if (!renewed(reply, send)) {
            throw lostAtTheStore(lockName);
        }
        cluster.store().keepAgreed(key.leaseTime());
    }

    @Override
    public void vouch(String lockName) {
        if (cluster.ticker().nanos() - renewUntil <= 0) {
            renew(lockName);
            return;
        }
        try {
            if (!isStored()) {
                noteLost();
                throw lostAtTheStore(lockName);
            }
        } catch (StoreFailure failure) {
            throw Failures.store(lockName, failure, KEEPS_ITS_END);
        }
    }

    private boolean isStored() {
        return cluster.glance(key.key()).holders().stream().anyMatch(grant -> is(grant.token()));
    }

    /** Takes in the store's answer to a renewal that was sent at that moment; returns whether the right goes on. */
    boolean renewed(RenewReply reply, long send) {
        if (reply == RenewReply.LOST) {
            noteLost();
            return false;
        }
        deadline.accumulateAndGet(send + key.usableNanos(), Math::max);
        // Whoever was in a hurry since then is answered by the next one.
        renewAt = hurried - send > 0 ? hurried : send + key.refreshNanos();
        if (reply == RenewReply.CONTENDED) {
            noteContended();
        }
        return true;
    }

    private void noteLost() {
        if (!ended) {
            queue.endings().lost(this, "the store has it no longer: it was freed by force, or the store lost its data");
        }
    }

    /** Plans the next attempt after one that was not answered: soon, and sooner as the end comes nearer. */
    void renewalFailed(long now) {
        renewAt = now + Math.max(1_000_000, Math.min(key.refreshNanos(), (deadline() - now) / 4));
    }

    /** Makes the next renewal due so many nanoseconds from now. */
    void renewWithin(long nanos) {
        hurried = cluster.ticker().nanos() + nanos;
        renewAt = hurried;
    }

    /** Finds out whether the right was taken away, as somebody says; it may come to the same renewal for that. */
    void doubt() {
        if (mayRenew(cluster.ticker().nanos())) {
            renewWithin(0);
            cluster.renewals().soon(this);
        } else {
            cluster.scheduler().execute(this::look);
        }
    }

    private void look() {
        try {
            if (!isStored()) {
                noteLost();
            }
        } catch (StoreFailure unanswered) {
            Failures.LOG.log(
                    System.Logger.Level.DEBUG,
                    "GUARDED-0212 Whether a lease was taken by force is not known before it ends: "
                            + unanswered.getMessage());
        }
    }

    long renewAt() {
        return renewAt;
    }

    @Override
    public void stopRenewing() {
        renewUntil = cluster.ticker().nanos();
    }

    /** Tells whether a renewal now would keep the lease within its {@code maxHold}. */
    boolean mayRenew(long now) {
        return !ended && now + key.leaseTime().toNanos() - renewUntil <= 0;
    }

    /** Ends the right if its time has come. */
    void expire() {
        queue.endings().expire();
    }
}
