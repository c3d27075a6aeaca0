// SPDX-License-Identifier: Apache-2.0
package dev.guarded.core.spi;

/**
 * Where a store delivers what it is told without having asked. Messages may be lost, late, doubled or forged; the
 * receiver believes none of them without proof. The methods return quickly and send no command.
 */
public interface Inbox {

    /**
     * Tells that the store granted a lock to a waiting contender of this node.
     *
     * @param key the lock's key, not escaped
     * @param token the contender's token
     * @param fence the store's fence of the grant
     * @param contended whether others wait for the lock
     */
    void granted(String key, String token, long fence, boolean contended);

    /**
     * Tells that somebody else waits for a lock this node holds.
     *
     * @param token the token under which this node holds it
     */
    void contended(String token);

    /**
     * Tells that a lock this node holds was taken from it.
     *
     * @param token the token under which this node held it
     */
    void lost(String token);

    /** Tells that the store can be heard again after a time in which messages may have been lost. */
    void hearingAgain();
}
