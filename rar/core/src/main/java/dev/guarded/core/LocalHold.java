// SPDX-License-Identifier: Apache-2.0
package dev.guarded.core;

import dev.guarded.lock.ReleaseOutcome;

/** A lock of reach LOCAL: there is nobody to ask, so the right lasts until {@code maxHold}. */
final class LocalHold implements Hold {

    private final LocalSource origin;
    private volatile long deadline;
    private long fence;

    LocalHold(LocalSource origin) {
        this.origin = origin;
        this.fence = origin.nextFence();
    }

    @Override
    public long deadline() {
        return deadline;
    }

    @Override
    public boolean is(String token) {
        return false;
    }

    @Override
    public long fencingToken() {
        return fence;
    }

    @Override
    public boolean tookACommand() {
        return false;
    }

    @Override
    public void usedFrom(long now) {
        deadline = now + origin.maxHoldNanos();
    }

    @Override
    public boolean handOver(long now) {
        fence = origin.nextFence();
        return true;
    }

    @Override
    public void keepTaken(long nanos) {
        // There is nobody to tell: its queue keeps it.
    }

    @Override
    public ReleaseOutcome giveBack() {
        return ReleaseOutcome.RELEASED;
    }

    @Override
    public void renew(String lockName) {
        // Nobody else can take it, and maxHold is not for renewal to extend.
    }

    @Override
    public void vouch(String lockName) {
        // Its end is known here, and was looked at.
    }

    @Override
    public void downgrade(String lockName) {
        // Who shares the lock is known to its queue alone.
    }

    @Override
    public void stopRenewing() {
        deadline = Math.min(deadline, origin.leaseFromNow());
    }

    @Override
    public void drop() {
        // Nothing is kept anywhere else.
    }
}
