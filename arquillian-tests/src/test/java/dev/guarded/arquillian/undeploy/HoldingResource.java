// SPDX-License-Identifier: Apache-2.0
package dev.guarded.arquillian.undeploy;

import dev.guarded.lock.LockManager;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import java.util.function.BiConsumer;
import java.util.stream.IntStream;

/** Starts calls on threads of the server's, more than its pools would run at once. */
@Path("calls")
@RequestScoped
public class HoldingResource {

    /** How many locks there are. */
    static final int LOCKS = 20;

    @Resource
    ManagedThreadFactory threads;

    @Inject
    HoldingBean bean;

    @Inject
    HoldingEjb ejb;

    @Inject
    LockManager locks;

    /** Starts so many calls, which take the locks in turn; every second one is an EJB's if they hold. */
    @GET
    @Path("start/{kind}/{count}")
    public String start(@PathParam("kind") String kind, @PathParam("count") int count, @QueryParam("port") int port) {
        for (int i = 0; i < count; i++) {
            int number = i % LOCKS;
            BiConsumer<Integer, Events> call =
                    kind.equals("pass") ? bean::pass : kind.equals("hold") && number % 2 == 0 ? ejb::hold : bean::hold;
            threads.newThread(() -> run(kind, number, port, call)).start();
        }
        return "started";
    }

    private static void run(String kind, int number, int port, BiConsumer<Integer, Events> call) {
        try (Events events = Events.at(port)) {
            events.note("call " + kind + " " + number);
            try {
                call.accept(number, events);
            } catch (RuntimeException | LinkageError e) {
                events.note("failed " + kind + " " + number + " by " + e + " <- " + e.getCause());
            }
            events.note("done " + kind + " " + number);
        }
    }

    /** Returns how many wait for the locks in this server, those of other applications included. */
    @GET
    @Path("waiters")
    public String waiters() {
        return String.valueOf(IntStream.range(0, LOCKS)
                .map(number -> locks.getOrCreateLock("held:" + number).status().waiters())
                .sum());
    }

    /** Leaves a lease open when the request ends, and one that is to outlive it. */
    @GET
    @Path("leave")
    public String leave() {
        locks.acquire("left open");
        return "token " + locks.acquire("detached").detach().fencingToken();
    }

    /** Tells which of them are held. */
    @GET
    @Path("left")
    public String left() {
        return "left open: " + locks.getOrCreateLock("left open").isLocked() + ", detached: "
                + locks.getOrCreateLock("detached").isLocked();
    }
}
