// SPDX-License-Identifier: Apache-2.0
package dev.guarded.core;

import dev.guarded.core.spi.Sharing;
import org.jspecify.annotations.Nullable;

/** Where the rights to a lock come from. */
interface Source {

    /** Returns a right that nobody has to be asked for, null if somebody has to. Called where the queue is open. */
    @Nullable
    Hold atOnce();

    /** Begins an attempt to get a right from whoever has to be asked. */
    Contention ask(LockQueue queue, Sharing sharing);
}
