// SPDX-License-Identifier: Apache-2.0
package dev.guarded.arquillian.paths;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import java.util.concurrent.atomic.AtomicInteger;

/** What a test may ask for. */
@Path("paths")
@RequestScoped
public class PathsResource {

    private static final AtomicInteger LEDGERS = new AtomicInteger();

    @Inject
    Paths paths;

    @Inject
    Repetition repetition;

    @Inject
    Entry entry;

    @Inject
    Rival rival;

    @Inject
    Books books;

    /** Walks a path and returns its trace. */
    @GET
    @Path("walk/{path}")
    public String walk(@PathParam("path") String path, @QueryParam("port") int port) throws Exception {
        String name = newLedger(path);
        Trace.clear();
        try (Thief thief = new Thief(port)) {
            paths.walk(path, name, thief);
            Trace.note("caller goes on");
        } catch (Exception e) {
            Trace.note("caller catches " + Causes.of(e));
        }
        entry.isOver();
        rival.hasHadItsTurn();
        Trace.note("in the end " + books.committed(name));
        return Trace.text();
    }

    /** Lets a rival look again and again. */
    @GET
    @Path("looks/{kind}")
    public String looks(@PathParam("kind") String kind, @QueryParam("times") int times) throws Exception {
        return repetition.looks(kind, newLedger(kind), times);
    }

    /** Increments in two threads and on a second node, and returns the ledger. */
    @GET
    @Path("increments/{kind}")
    public String increments(@PathParam("kind") String kind, @QueryParam("times") int times) throws Exception {
        return "ledger " + repetition.increments(kind, newLedger(kind), times);
    }

    private String newLedger(String path) {
        String name = path + "-" + LEDGERS.incrementAndGet();
        books.open(name);
        return name;
    }
}
