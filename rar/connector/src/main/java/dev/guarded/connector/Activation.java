// SPDX-License-Identifier: Apache-2.0
package dev.guarded.connector;

import java.time.Duration;

/** What serves one message-driven bean, from its activation to its deactivation. */
interface Activation {

    void start();

    /** Begins nothing more and tells what is still to be told; does not wait. Ending again does nothing. */
    void end();

    /**
     * Waits, after {@link #end()}, until no delivery is under way and nothing is held any more.
     *
     * @return false if the patience was over first
     */
    boolean awaitEnd(Duration patience);
}
