// SPDX-License-Identifier: Apache-2.0
package dev.guarded.core.spi;

import java.time.Duration;

/**
 * Asks for a lock. The command is idempotent: the same token gets the same grant, however often it is sent.
 *
 * @param key the lock's key, not yet escaped
 * @param token {@code node.acquisition}, new for every enqueueing; ASCII letters, digits and one dot
 * @param leaseTime how long the grant lasts, in milliseconds
 * @param floor the highest fence this node has seen for any grant; a new fence is above it
 * @param mode what to do if the lock is not free
 * @param push whether this node can hear of a later grant
 * @param sharing whether the lease may live beside others; the same for every command of a token
 * @param holder who asks, to be shown to others: {@code node|application|thread}, each part percent-encoded
 */
public record AcquireCommand(
        String key,
        String token,
        Duration leaseTime,
        long floor,
        Mode mode,
        boolean push,
        Sharing sharing,
        String holder) {

    /** What to do with a lock that is not free, or already this token's. */
    public enum Mode {
        /** Take it if it is free and nobody waits; never enqueue. */
        TRY,
        /** Enqueue if it is not free. */
        QUEUE,
        /** Keep a place in the queue alive; never enqueue again. */
        REFRESH,
        /** Only give the token that holds the lock a new fence. */
        FENCE
    }
}
