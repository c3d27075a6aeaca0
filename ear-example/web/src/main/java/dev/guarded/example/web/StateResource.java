// SPDX-License-Identifier: Apache-2.0
package dev.guarded.example.web;

import dev.guarded.example.bank.Books;
import dev.guarded.example.payouts.Run;
import dev.guarded.example.payouts.Runs;
import dev.guarded.example.payouts.Surroundings;
import dev.guarded.lock.LockStoreException;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/** All that the page shows, in one answer. */
@Path("state")
@Produces(MediaType.APPLICATION_JSON)
@RequestScoped
public class StateResource {

    private static final int REPORTS = 12;

    @Inject
    private Runs runs;

    @Inject
    private Books bank;

    @Inject
    private HeldLocks held;

    /** Tells the state; a store that does not answer is part of it. */
    @GET
    public JsonObject state() {
        JsonObjectBuilder state = Json.createObjectBuilder().add("node", Surroundings.node());
        runs.last(Run.Guard.OFF).ifPresent(outcome -> state.add("unguarded", Shapes.outcome(outcome)));
        runs.last(Run.Guard.ON).ifPresent(outcome -> state.add("guarded", Shapes.outcome(outcome)));
        JsonArrayBuilder reports = Json.createArrayBuilder();
        runs.reports(REPORTS)
                .forEach(report -> reports.add(Json.createObjectBuilder()
                        .add("node", report.getNode())
                        .add("written", report.getWritten().toString())));
        Books.Rule rule = bank.rule();
        state.add("reports", reports)
                .add("bankRefusesOldTokens", rule.refusesOldTokens())
                .add("bankRefused", rule.refused());
        try {
            state.add("locks", held.list()).add("redis", "up");
        } catch (LockStoreException e) {
            state.add("redis", "down").add("redisSays", String.valueOf(e.getMessage()));
        }
        return state.build();
    }
}
