// SPDX-License-Identifier: Apache-2.0
package dev.guarded.arquillian.nodes;

import dev.guarded.lock.LockManager;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import java.util.stream.IntStream;

/** Calls that are under way when their server is stopped; their locks have the lease time that is the default. */
@Path("calls")
@RequestScoped
public class CallsResource {

    /** Where they write what becomes of them, with the number of their lock. */
    public static final Board BOARD = new Board("calls:board");

    private static final String LOCK = "call:";

    @Inject
    LockManager locks;

    @Inject
    LongCall calls;

    @Inject
    ShortCall ejb;

    /** Takes a lock that is to outlive this request. */
    @GET
    @Path("keep/{number}")
    public String keep(@PathParam("number") long number) {
        return "token " + locks.acquire(LOCK + number).detach().fencingToken();
    }

    /** Works under a lock, in a bean for whose calls no server waits, until the server ends. */
    @GET
    @Path("work/{number}")
    public String work(@PathParam("number") long number) throws InterruptedException {
        calls.work(number);
        return "worked";
    }

    /** Has a lock for a moment, in an EJB, for whose calls a server may wait. */
    @GET
    @Path("pass/{number}")
    public String pass(@PathParam("number") long number) {
        try {
            ejb.pass(number);
            return "passed";
        } catch (RuntimeException e) {
            boolean told = (e + " " + e.getCause()).contains("GUARDED-0108");
            BOARD.write(told ? "refused" : "failed", Board.here(), number);
            throw e;
        }
    }

    /** Returns how many calls of this server wait for so many locks. */
    @GET
    @Path("waiters/{count}")
    public String waiters(@PathParam("count") int count) {
        return String.valueOf(IntStream.range(0, count)
                .map(number -> locks.getOrCreateLock(LOCK + number).status().waiters())
                .sum());
    }
}
