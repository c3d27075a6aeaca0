// SPDX-License-Identifier: Apache-2.0
package dev.guarded.core.spi;

/** The store's answer to an {@link AcquireCommand}. */
public sealed interface AcquireReply {

    /**
     * The lock is the token's, for one lease time from the moment the store executed the command.
     *
     * @param fence the store's fence, strictly above every earlier one of this lock
     * @param contended whether others wait for it
     */
    record Granted(long fence, boolean contended) implements AcquireReply {}

    /**
     * Somebody else has the lock, or comes first. In modes QUEUE and REFRESH the token has a place in the queue.
     *
     * @param ttlMillis how long the present grant lasts unrenewed, by the store's clock; negative if for ever
     * @param proof a fence that every later grant to this token will exceed
     * @param foreign whether the value at the key was not written by this protocol
     * @param mute whether a grant will likely not be announced, because this node may not announce one either
     */
    record Busy(long ttlMillis, long proof, boolean foreign, boolean mute) implements AcquireReply {

        /** Creates the answer of a store that announces its grants. */
        public Busy(long ttlMillis, long proof, boolean foreign) {
            this(ttlMillis, proof, foreign, false);
        }
    }

    /** The token has no place in the queue any more, or does not hold the lock: start again with a fresh token. */
    record PlaceLost() implements AcquireReply {}

    /**
     * What the store answered when the command was sent once more, because the connection broke under the first copy. That
     * one may be executed late, even after the token has given everything back.
     *
     * @param reply the answer to the second copy, one of the other three
     */
    record Resent(AcquireReply reply) implements AcquireReply {}
}
