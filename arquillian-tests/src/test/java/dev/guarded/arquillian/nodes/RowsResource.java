// SPDX-License-Identifier: Apache-2.0
package dev.guarded.arquillian.nodes;

import dev.guarded.arquillian.paths.Books;
import dev.guarded.arquillian.paths.Demarcations;
import dev.guarded.arquillian.paths.Desk;
import dev.guarded.arquillian.paths.Teller;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Increments rows of a database that other servers use, too. */
@Path("rows")
@RequestScoped
public class RowsResource {

    /** Where a server says that it has read a row, and is told that another has committed an increment of it. */
    public static final Board BOARD = new Board("rows:board");

    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(10);
    private static final long PATIENCE_NANOS = TimeUnit.MINUTES.toNanos(1);

    @Inject
    Demarcations demarcations;

    @Inject
    Books books;

    @Inject
    Desk desk;

    @Inject
    Teller teller;

    /** Increments under the row's lock, in each of the ways to surround it with a transaction. */
    @GET
    @Path("increment/{kind}/{row}")
    public String increment(
            @PathParam("kind") String kind, @PathParam("row") String row, @QueryParam("times") int times)
            throws Exception {
        for (int i = 0; i < times; i++) {
            demarcations.run(kind, row, () -> books.increment(row));
        }
        return "done";
    }

    /** Reads the row, waits until another server has incremented it, and increments what was read. */
    @GET
    @Path("stale/{kind}/{row}")
    public String stale(@PathParam("kind") String kind, @PathParam("row") long row) {
        String name = Long.toString(row);
        desk.unguarded(() -> {
            books.read(name);
            BOARD.write("read", Board.here(), row);
            awaitCommit(row);
            if (kind.equals("guarded")) {
                teller.required(name, () -> books.increment(name));
            } else {
                books.increment(name);
            }
        });
        return "done";
    }

    private static void awaitCommit(long row) {
        long start = System.nanoTime();
        while (BOARD.read().stream().noneMatch(note -> note.what().equals("committed") && note.number() == row)) {
            if (System.nanoTime() - start > PATIENCE_NANOS) {
                throw new IllegalStateException("nobody committed an increment of row " + row);
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }
}
