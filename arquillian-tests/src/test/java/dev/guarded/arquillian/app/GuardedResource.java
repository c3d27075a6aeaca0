// SPDX-License-Identifier: Apache-2.0
package dev.guarded.arquillian.app;

import dev.guarded.cdi.Guarded;
import dev.guarded.lock.LockManager;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;

/** A JAX-RS resource without a scope of its own. */
@Path("guarded")
public class GuardedResource {

    @Inject
    LockManager locks;

    /** Returns the token of the lease it runs under. */
    @GET
    @Path("rest/{key}")
    @Guarded("rest:#{key}")
    public String run(@PathParam("key") String key) {
        return "token " + locks.requireHeld("rest:" + key).fencingToken();
    }
}
