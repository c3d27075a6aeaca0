// SPDX-License-Identifier: Apache-2.0
package dev.guarded.arquillian.app;

import dev.guarded.cdi.Guarded;
import dev.guarded.lock.LockManager;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;

/** An EJB with a container-managed transaction. */
@Stateless
public class GuardedEjb {

    @Inject
    LockManager locks;

    @Inject
    Traces traces;

    /** Returns the token of the lease it runs under. */
    @Guarded(value = "ejb:#{key}", timeout = "500ms")
    public long run(String key) {
        traces.watchTransaction("ejb:" + key);
        return locks.requireHeld("ejb:" + key).fencingToken();
    }
}
