// SPDX-License-Identifier: Apache-2.0
package dev.guarded.arquillian.microprofile;

import dev.guarded.lock.Lease;
import dev.guarded.lock.LockManager;
import dev.guarded.lock.LockNotGrantedException;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;

/** Calls the guarded bean. */
@Path("till")
public class TillResource {

    @Inject
    LockManager locks;

    @Inject
    Till till;

    /** Calls it while its lock is free. */
    @GET
    @Path("free")
    public String free() {
        return till.open();
    }

    /** Calls it while its lock is taken, and returns how it was refused. */
    @GET
    @Path("taken")
    public String taken() {
        try (Lease lease = locks.acquire("till").detach()) {
            return till.open() + " beside " + lease.name();
        } catch (LockNotGrantedException refused) {
            return String.valueOf(refused.getMessage());
        }
    }
}
