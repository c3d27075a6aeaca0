// SPDX-License-Identifier: Apache-2.0
package dev.guarded.arquillian.app;

import dev.guarded.lock.Lease;
import dev.guarded.lock.LockManager;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Duration;

/** An EJB that takes its lease itself, from the injected manager. */
@Stateless
public class Programmatic {

    @Inject
    LockManager locks;

    /** Returns the token of the lease it took. */
    public long run(String name) {
        try (Lease lease = locks.acquire(name, Duration.ofMillis(500))) {
            return lease.fencingToken();
        }
    }
}
