// SPDX-License-Identifier: Apache-2.0
package dev.guarded.core.spi;

/** The store's answer for one lock of a renewal. */
public enum RenewReply {
    /** The lock is not the token's any more. */
    LOST,
    /** The lock lasts another lease time from the moment the store executed the command. */
    RENEWED,
    /** As {@link #RENEWED}, and others wait for the lock. */
    CONTENDED
}
