// SPDX-License-Identifier: Apache-2.0
package dev.guarded.core.spi;

import java.time.Duration;
import java.util.List;

/**
 * A store that several nodes share. Every command is one round trip, executed atomically; every method that sends one
 * throws {@link StoreFailure} if there was no answer within the command timeout or the store refused.
 */
public interface LockStore {

    /** Returns where the store is, without any secret. */
    String address();

    /** Asks for a lock; see {@link AcquireCommand}. What was sent again is answered by {@link AcquireReply.Resent}. */
    AcquireReply acquire(AcquireCommand command);

    /** Gives a lock or a place in its queue back; see {@link ReleaseCommand}. */
    ReleaseReply release(ReleaseCommand command);

    /**
     * Turns a lease that has its lock alone into one that reads; asked again, it changes nothing more.
     *
     * @param held the lock and the token that holds it
     * @param leaseTime how long it lasts from now, in milliseconds
     * @param floor the highest fence this node has seen for any grant
     * @return false if the token holds the lock no longer
     */
    boolean downgrade(HeldToken held, Duration leaseTime, long floor);

    /** As many as one request should carry: while the store works on it, it does nothing else. */
    int MOST_RENEWALS = 500;

    /**
     * Renews locks over the connection that is kept aside. Waits for the answer for a third of the lease time at most, or
     * for the command timeout if that is shorter, so that there is time for another attempt; as long again for its turn.
     *
     * @param leaseTime how long each lasts from now, in milliseconds
     * @param held the locks, all with this lease time, at most {@link #MOST_RENEWALS}
     * @return one reply for each lock, in the order given
     */
    List<RenewReply> renew(Duration leaseTime, List<HeldToken> held);

    /**
     * Keeps up whatever tells others which protocol is spoken here, at most once in a while. Called after renewals; a
     * failure is the store's to report and costs nothing that is held.
     *
     * @param leaseTime the longest lease time that was renewed
     */
    default void keepAgreed(Duration leaseTime) {
        // Most stores have one protocol.
    }

    /** Returns what is known about a lock. */
    StoredLock inspect(String key);

    /** Returns the keys of all locks that are held or awaited, in several round trips, in no particular order. */
    List<String> keys();

    /**
     * Starts to deliver messages for a node and returns at once. Called once, before the first command that asks for
     * a push.
     *
     * @param node the node's id, the part of its tokens before the dot
     * @param inbox where to deliver them
     */
    void listen(String node, Inbox inbox);

    /** Tells whether messages are being delivered at this moment, as far as is known. */
    boolean hearing();

    /** Closes every connection and ends every loop, within 5 s. Later commands throw {@link StoreFailure}. */
    void close();
}
