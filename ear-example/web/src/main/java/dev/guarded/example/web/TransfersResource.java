// SPDX-License-Identifier: Apache-2.0
package dev.guarded.example.web;

import dev.guarded.example.payouts.Transfers;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;

/** Money from one shop to another. */
@Path("transfers")
@Produces(MediaType.APPLICATION_JSON)
@RequestScoped
public class TransfersResource {

    @Inject
    private Transfers transfers;

    /** Moves money between the balances of two shops. */
    @POST
    public JsonObject transfer(
            @QueryParam("from") long from, @QueryParam("to") long to, @QueryParam("cents") long cents) {
        transfers.transfer(from, to, cents);
        return Json.createObjectBuilder()
                .add("from", from)
                .add("to", to)
                .add("cents", cents)
                .build();
    }
}
