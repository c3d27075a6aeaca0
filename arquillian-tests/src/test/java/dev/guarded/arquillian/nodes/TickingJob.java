// SPDX-License-Identifier: Apache-2.0
package dev.guarded.arquillian.nodes;

import dev.guarded.cdi.Guarded;
import dev.guarded.cdi.OnTimeout;
import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import java.time.Instant;

/** A job that every server starts at the same ticks and one is to run, and beside it a witness of every server's ticks. */
@Singleton
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
public class TickingJob {

    /** Where both write, with the tick by the time at which it was due, in milliseconds. */
    public static final Board BOARD = new Board("job:board");

    /** From one tick to the next, in milliseconds. */
    public static final long PERIOD = 3_000;

    private static final String EVERY_PERIOD = "*/3";

    /** Is run on one server for each tick: neither is half a period later than the other. */
    @Schedule(second = EVERY_PERIOD, minute = "*", hour = "*", persistent = false)
    @Guarded(value = "ticking", onTimeout = OnTimeout.SKIP, atLeastFor = "1500ms")
    public void run() {
        note("ran");
    }

    /** Is run on every server. */
    @Schedule(second = EVERY_PERIOD, minute = "*", hour = "*", persistent = false)
    public void witness() {
        note("ticked");
    }

    private static void note(String what) {
        long now = Instant.now().toEpochMilli();
        BOARD.write(what, Board.here(), now - now % PERIOD);
    }
}
