// SPDX-License-Identifier: Apache-2.0
package dev.guarded.arquillian.credentials;

import dev.guarded.cdi.Guarded;
import dev.guarded.lock.LockManager;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;

/** An EJB that works under a lock. */
@Stateless
public class Clerk {

    @Inject
    LockManager locks;

    /** Returns the token of the lease it works under. */
    @Guarded(value = "desk", timeout = "2s")
    public long work() {
        return locks.requireHeld("desk").fencingToken();
    }
}
