// SPDX-License-Identifier: Apache-2.0
package dev.guarded.core.spi;

/**
 * What the store knows about a lock.
 *
 * @param token who holds it, empty if it is free or its value is not of this protocol
 * @param holder the holder as it named itself, see {@link AcquireCommand#holder()}
 * @param fence the store's fence of the grant, 0 if there is none
 * @param ttlMillis how long the grant lasts unrenewed, negative if for ever, 0 if the lock is free
 * @param taken whether there is any value at the key
 * @param queued how many nodes wait
 */
public record StoredLock(String token, String holder, long fence, long ttlMillis, boolean taken, int queued) {}
