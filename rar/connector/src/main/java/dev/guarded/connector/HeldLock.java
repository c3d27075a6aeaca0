// SPDX-License-Identifier: Apache-2.0
package dev.guarded.connector;

import dev.guarded.lock.Holder;
import dev.guarded.lock.LockSettings;
import dev.guarded.lock.LockStatus;

/** One holder's row of {@link LockManagerMXBean#listHeld}. */
public final class HeldLock {

    private final LockStatus lock;
    private final Holder holder;

    HeldLock(LockStatus lock, Holder holder) {
        this.lock = lock;
        this.holder = holder;
    }

    /** {@return the lock's name; its key, if it is not known in this JVM} */
    public String getName() {
        return lock.name();
    }

    /** {@return how far it excludes, {@code LOCAL} or {@code CLUSTER}} */
    public String getReach() {
        return lock.reach().name();
    }

    /** {@return the node that holds it} */
    public String getNode() {
        return holder.node();
    }

    /** {@return the application that acquired it, empty if it is not known} */
    public String getApplication() {
        return holder.application();
    }

    /** {@return the name of the acquiring thread} */
    public String getThread() {
        return holder.thread();
    }

    /** {@return when it was granted, in ISO-8601, by the store's clock (LOCAL: by this JVM's)} */
    public String getSince() {
        return holder.since().toString();
    }

    /** {@return how long the grant lasts if nobody renews it; -1 for a foreign value that never expires} */
    public long getLeaseLeftMillis() {
        return holder.leaseLeft().equals(LockSettings.UNLIMITED)
                ? -1
                : holder.leaseLeft().toMillis();
    }

    /** {@return the fencing token, as text because it is above 2^53} */
    public String getFencingToken() {
        return Long.toString(holder.fencingToken());
    }

    /** {@return how many wait: the threads of this JVM, plus one for each other node} */
    public int getWaiters() {
        return lock.waiters();
    }
}
