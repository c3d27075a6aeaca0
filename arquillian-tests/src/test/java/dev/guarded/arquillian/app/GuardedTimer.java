// SPDX-License-Identifier: Apache-2.0
package dev.guarded.arquillian.app;

import dev.guarded.cdi.Guarded;
import dev.guarded.lock.LockManager;
import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.inject.Inject;

/** A timer that fires every second. */
@Singleton
@Startup
public class GuardedTimer {

    @Inject
    LockManager locks;

    @Inject
    Traces traces;

    /** Notes the token of the lease it runs under. */
    @Schedule(second = "*", minute = "*", hour = "*", persistent = false)
    @Guarded("timer")
    public void tick() {
        traces.note("timer", "token " + locks.requireHeld("timer").fencingToken());
    }
}
