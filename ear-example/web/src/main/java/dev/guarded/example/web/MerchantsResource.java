// SPDX-License-Identifier: Apache-2.0
package dev.guarded.example.web;

import dev.guarded.example.payouts.Merchants;
import dev.guarded.example.payouts.Payouts;
import dev.guarded.example.payouts.Receipt;
import dev.guarded.example.payouts.Runs;
import dev.guarded.lock.DurationText;
import dev.guarded.lock.LockManager;
import dev.guarded.lock.NamedLock;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** One shop. */
@Path("merchants/{id}")
@Produces(MediaType.APPLICATION_JSON)
@RequestScoped
public class MerchantsResource {

    @Inject
    private LockManager locks;

    @Inject
    private Payouts payouts;

    @Inject
    private Runs runs;

    /**
     * Pays what is open.
     *
     * @param timeout how long to wait for the shop's lock; without it, as long as the adapter says
     * @param guard off to do it without the lock
     * @param pause how long to think between reading and paying
     */
    @POST
    @Path("payout")
    public JsonObject payout(
            @PathParam("id") long id,
            @QueryParam("timeout") @Nullable String timeout,
            @QueryParam("guard") @DefaultValue("on") String guard,
            @QueryParam("pause") @Nullable String pause) {
        if (guard.equals("off")) {
            return Shapes.receipt(payouts.payUnguarded(id));
        }
        if (timeout == null) {
            return Shapes.receipt(paid(id, pause));
        }
        // The annotation has one timeout for everybody. Who has another takes the lock first; the call finds it held.
        NamedLock lock = locks.getOrCreateLock(Merchants.lock(id));
        return Shapes.receipt(lock.call(DurationText.parse(timeout), () -> paid(id, pause)));
    }

    /** Keeps everybody else from the shop for a while. */
    @POST
    @Path("hold")
    public JsonObject hold(@PathParam("id") long id, @QueryParam("seconds") @DefaultValue("30") int seconds) {
        payouts.hold(id, Duration.ofSeconds(Ranges.within("seconds", seconds, 1, 300)));
        return Json.createObjectBuilder()
                .add("lock", Merchants.lock(id))
                .add("heldSeconds", seconds)
                .build();
    }

    /** Lets payments of the shop fall due. */
    @POST
    @Path("payments")
    public JsonObject payments(@PathParam("id") long id, @QueryParam("count") @DefaultValue("1") int count) {
        long run = runs.openFor(id, Ranges.within("count", count, 1, 1_000));
        return Json.createObjectBuilder().add("run", run).add("payments", count).build();
    }

    private Receipt paid(long id, @Nullable String pause) {
        return pause == null ? payouts.pay(id) : payouts.payThoughtfully(id, DurationText.parse(pause));
    }
}
