// SPDX-License-Identifier: Apache-2.0
package dev.guarded.example.web;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonArray;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/** Who holds what: the same answer from every server, since the store gives it. */
@Path("locks")
@Produces(MediaType.APPLICATION_JSON)
@RequestScoped
public class LocksResource {

    @Inject
    private HeldLocks held;

    /** Lists the locks of shops and jobs that somebody holds now. */
    @GET
    public JsonArray list() {
        return held.list();
    }
}
