// SPDX-License-Identifier: Apache-2.0
package dev.guarded.example.web;

import dev.guarded.example.payouts.Outcome;
import dev.guarded.example.payouts.Run;
import dev.guarded.example.payouts.Runs;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;
import java.util.Locale;
import java.util.Map;

/** Many payouts at once, over all servers, and what became of them. */
@Path("payouts")
@Produces(MediaType.APPLICATION_JSON)
@RequestScoped
public class PayoutsResource {

    @Inject
    private Runs runs;

    @Inject
    private DoubleClicks clicks;

    /** Lets payments fall due, has every shop paid by two requests at about the same time, and counts in the books. */
    @POST
    public Response run(
            @QueryParam("count") @DefaultValue("200") int count, @QueryParam("guard") @DefaultValue("on") String word) {
        Run.Guard guard = guard(word);
        long run = runs.open(guard, Ranges.within("count", count, 1, 5_000));
        long begun = System.nanoTime();
        Map<Integer, Long> answers = clicks.onEveryShop(count, word.toLowerCase(Locale.ROOT));
        Outcome outcome = runs.outcome(run);
        JsonObjectBuilder body = Shapes.outcome(outcome)
                .add("guard", word)
                .add("millis", (System.nanoTime() - begun) / 1_000_000)
                .add("answers", Shapes.counts(answers));
        boolean storeDown = answers.getOrDefault(Status.SERVICE_UNAVAILABLE.getStatusCode(), 0L) > 0;
        return Response.status(storeDown && outcome.notPaid() > 0 ? Status.SERVICE_UNAVAILABLE : Status.OK)
                .entity(body.build())
                .build();
    }

    /** Counts a run in the bank's books. */
    @GET
    @Path("{run}")
    public JsonObject outcome(@PathParam("run") long run) {
        return Shapes.outcome(runs.outcome(run)).build();
    }

    private static Run.Guard guard(String word) {
        return switch (word.toLowerCase(Locale.ROOT)) {
            case "on" -> Run.Guard.ON;
            case "off" -> Run.Guard.OFF;
            default -> throw new IllegalArgumentException("guard is '" + word + "'; it must be on or off.");
        };
    }
}
