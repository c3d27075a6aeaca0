// SPDX-License-Identifier: Apache-2.0
package dev.guarded.core;

import dev.guarded.core.spi.Surroundings.Transaction;
import org.jspecify.annotations.Nullable;

/**
 * Decides what becomes of a caller who has the lock already: it joins its own lease, or is told at once that it would
 * wait for itself. Joining never crosses threads but through a transaction.
 */
final class Joining {

    private final Scopes scopes;

    Joining(Scopes scopes) {
        this.scopes = scopes;
    }

    /**
     * Finds the lease to join, with one more frame open.
     *
     * @param guarded whether the caller brings a body, which may run within an outer one's lease
     * @return null if the caller has no such lease and must acquire one
     * @throws dev.guarded.lock.LeaseLostException if the lease is lost
     * @throws IllegalStateException if the caller would wait for itself
     */
    @Nullable
    EngineLease join(EngineLock lock, boolean guarded, @Nullable Transaction transaction) {
        EngineLease bound = scopes.ofTransaction(transaction, lock.queue());
        if (bound != null) {
            return opened(checked(lock, bound));
        }
        EngineLease own = scopes.ofThread(lock.queue());
        if (own != null && own.state() == EngineLease.State.REVOKED) {
            throw own.lostException();
        }
        if (own == null || takesOneMore(lock, guarded)) {
            return null;
        }
        Object other = own.ends().transaction();
        if (other != null && transaction != null) {
            throw Failures.waitsForItself(
                    lock.name(),
                    "it is bound to another unfinished transaction of this thread. Call the inner method in the same"
                            + " transaction, or give its work another lock.");
        }
        if (!own.ends().inFrame()) {
            throw Failures.waitsForItself(
                    lock.name(),
                    "it is bound to the suspended transaction of this thread, which ends only after this call.");
        }
        if (guarded) {
            return opened(checked(lock, own));
        }
        if (own.isHeld()) {
            checked(lock, own);
            throw Failures.waitsForItself(
                    lock.name(),
                    "this thread holds it already. Pass the lease on, use requireHeld, or run the inner part by call.");
        }
        if (own.isLost()) {
            scopes.startAnew(own);
        }
        return null;
    }

    /** Tells whether the caller wants a further permit, and has not all of them. */
    private static boolean takesOneMore(EngineLock lock, boolean guarded) {
        return !guarded
                && lock.key().permits() > 1
                && lock.key().permits() > lock.queue().holders.countOf(Thread.currentThread());
    }

    /** Refuses to let a writer in under a lease that only reads. */
    private static EngineLease checked(EngineLock lock, EngineLease own) {
        if (own.sharing().shared() && !lock.sharing().shared()) {
            throw Failures.waitsForItself(
                    lock.name(),
                    "this thread reads under it and asks to write, which could wait for another reader that asks the"
                            + " same. End the reading first, or begin by writing and downgrade.");
        }
        return own;
    }

    private static @Nullable EngineLease opened(EngineLease lease) {
        if (lease.isLost()) {
            throw lease.lostException();
        }
        return lease.ends().openFrame() ? lease : null;
    }
}
