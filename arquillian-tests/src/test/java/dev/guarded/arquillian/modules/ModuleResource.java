// SPDX-License-Identifier: Apache-2.0
package dev.guarded.arquillian.modules;

import dev.guarded.cdi.Guarded;
import dev.guarded.lock.Lease;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;

/** A guarded method whose lock is named by a bean of its own module. */
@Path("module")
@RequestScoped
public class ModuleResource {

    @Inject
    Lease lease;

    /** Returns the name of the lock. */
    @GET
    @Path("name")
    @Guarded("of #{tenant.id}")
    public String name() {
        return lease.name();
    }
}
