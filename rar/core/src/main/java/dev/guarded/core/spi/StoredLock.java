// SPDX-License-Identifier: Apache-2.0
package dev.guarded.core.spi;

import java.util.List;

/**
 * What the store knows about a lock.
 *
 * @param holders who holds it, none if it is free; several if they share it, the one that ends first at the head
 * @param queued how many places of its queue are taken: one for each node that waits
 */
public record StoredLock(List<Grant> holders, int queued) {

    /**
     * One grant of a lock.
     *
     * @param token who has it, empty if nobody can give it back: the lock is kept taken, or its value is not of this
     *     protocol
     * @param holder the holder as it named itself, see {@link AcquireCommand#holder()}
     * @param fence the store's fence of the grant, 0 if there is none
     * @param ttlMillis how long the grant lasts unrenewed, negative if for ever
     */
    public record Grant(String token, String holder, long fence, long ttlMillis) {}
}
