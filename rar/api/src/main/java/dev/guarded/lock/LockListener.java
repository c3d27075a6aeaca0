// SPDX-License-Identifier: Apache-2.0
package dev.guarded.lock;

/**
 * Implemented by a message-driven bean that wants to know what becomes of the locks of its node whose names match a
 * pattern of its activation. What other nodes do with them is told to the beans there.
 *
 * <p>The calls come one after the other, for each lock in the order in which things happened, and after they happened:
 * what is told of may be over. They delay nobody who locks. If the bean is slower than its locks for a while, up to
 * 1,024 events wait for it; further ones are dropped, which is logged once. An exception is logged, and the next event
 * told all the same.
 */
public interface LockListener {

    /**
     * Tells that a lock was granted on this node.
     *
     * @param event which, to whom, and after how long a wait
     */
    void granted(LockEvent event);

    /**
     * Tells that a lease ended by its owner's release.
     *
     * @param event which, whose, and after how long a hold
     */
    void released(LockEvent event);

    /**
     * Tells that a lease ended, or was revoked, while its owner thought it lived.
     *
     * @param event which, whose, and after how long a hold
     */
    void lost(LockEvent event);

    /**
     * Tells that somebody of this node waits for a lock longer than the activation's {@code waitingLongerThan}. Each
     * wait is told of once, within about a second after it became too long.
     *
     * @param event which, who waits, and how long so far
     */
    void waitingTooLong(LockEvent event);
}
