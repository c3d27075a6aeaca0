// SPDX-License-Identifier: Apache-2.0
package dev.guarded.core;

import dev.guarded.core.spi.LockObserver;
import dev.guarded.lock.LockEvent;

/** An observer that hears everything and forgets it. */
final class Nobody implements LockObserver {

    @Override
    public boolean hears(String lockName) {
        return true;
    }

    @Override
    public void note(Kind kind, LockEvent event) {
        // Nothing is kept.
    }
}
