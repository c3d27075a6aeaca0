// SPDX-License-Identifier: Apache-2.0
package dev.guarded.arquillian.app;

import dev.guarded.cdi.Guarded;
import dev.guarded.lock.LockManager;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;

/** A CDI bean, inside whose guard the transaction begins and ends. */
@ApplicationScoped
public class GuardedCdi {

    @Inject
    LockManager locks;

    @Inject
    Traces traces;

    /** Returns the token of the lease it runs under. */
    @Guarded(value = "cdi:#{key}", timeout = "500ms")
    @Transactional
    public long run(String key) {
        traces.watchTransaction("cdi:" + key);
        return locks.requireHeld("cdi:" + key).fencingToken();
    }
}
