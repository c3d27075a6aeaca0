// SPDX-License-Identifier: Apache-2.0
package dev.guarded.core;

import dev.guarded.lock.ReleaseOutcome;

/** What a JVM has of a lock while one of its leases is the owner: the right itself, apart from who uses it. */
interface Hold {

    /** Returns the moment at which the right ends unless it is renewed, on the ticker. */
    long deadline();

    /** Tells whether the store knows it under that token. */
    boolean is(String token);

    /** Returns the fencing token of the lease that now uses it. */
    long fencingToken();

    /** Tells whether the lease that now uses it was asked for at a store. */
    boolean tookACommand();

    /** Notes that a lease starts to use it. */
    void usedFrom(long now);

    /**
     * Prepares it for the next lease of this JVM without asking the store.
     *
     * @return false if it must go back to the store first
     */
    boolean handOver(long now);

    /** Notes how long the lock is to stay taken once it is given back. Called under the mutex, before anybody can ask. */
    void keepTaken(long nanos);

    /** Gives it back. Called once, after the last lease has ended. */
    ReleaseOutcome giveBack();

    /** Renews it now, for a caller who wants to know. */
    void renew(String lockName);

    /**
     * Makes sure that it still is this JVM's, before a transaction is committed: renewed where that is not for longer than
     * it may be held, with a whole lease for the last such commit.
     */
    void vouch(String lockName);

    /** Turns it into one that reads beside others, for a caller who wants to know. */
    void downgrade(String lockName);

    /** Lets it end by itself, a lease time from now at the latest. */
    void stopRenewing();

    /** Forgets it after it was lost, and tidies up at the store. */
    void drop();
}
