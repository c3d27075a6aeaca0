// SPDX-License-Identifier: Apache-2.0
package dev.guarded.arquillian.redeploy;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;

/** Tells whether the application works. */
@Path("ticks")
@RequestScoped
public class TicksResource {

    @Inject
    Ticking ticking;

    /** Returns how often its timer has run under its lock. */
    @GET
    public String ticks() {
        return String.valueOf(ticking.ticks());
    }
}
