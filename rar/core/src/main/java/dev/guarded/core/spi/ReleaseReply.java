// SPDX-License-Identifier: Apache-2.0
package dev.guarded.core.spi;

/** The store's answer to a {@link ReleaseCommand}. */
public enum ReleaseReply {
    /** The token held the lock and does not any more. */
    RELEASED,
    /** The token waited and does not any more. */
    CANCELLED,
    /** The token neither held nor waited; nothing changed. */
    NOT_OWNER,
    /**
     * The connection broke under the command, and when it was sent again the token neither held nor waited: as a rule
     * because the first one got through.
     */
    RESENT_AND_GONE
}
