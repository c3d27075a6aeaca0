// SPDX-License-Identifier: Apache-2.0
package dev.guarded.redis.chaos;

import dev.guarded.lock.Lease;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Writes down what is seen of one lease. Every moment is taken before the lease is asked, so that what it said was true
 * at that moment, however long the process stood still before the line was written.
 */
final class Watch {

    private static final Duration EACH_LOOK = Duration.ofMillis(1);
    private static final long EACH_NOTE = Duration.ofMillis(10).toNanos();

    private final String id;
    private final Lease lease;
    private final Journal journal;
    private final @Nullable Duration belief;
    private long noted;
    private boolean over;

    /** Watches a lease; a belief makes it one that is taken to last so much longer whatever it says. */
    Watch(String id, Lease lease, Journal journal, @Nullable Duration belief) {
        this.id = id;
        this.lease = lease;
        this.journal = journal;
        this.belief = belief;
    }

    void granted(long token) {
        long now = Moments.now();
        noted = now;
        journal.note("got", id, now, token, now + left());
        if (belief == null) {
            lease.onLost(loss -> journal.note("lost", id, Moments.now(), why(String.valueOf(loss.getMessage()))));
        }
    }

    private static String why(String message) {
        return message.contains("no longer") ? Hold.GONE : "over";
    }

    private long left() {
        return belief == null ? lease.remaining().toNanos() : belief.toNanos();
    }

    /** Looks at the lease, and writes down every loss and every now and then that there is none. */
    boolean held() {
        long now = Moments.now();
        boolean held = belief != null || lease.isHeld();
        if (!held && !over) {
            over = true;
            journal.note("over", id, now);
        } else if (held && now - noted > EACH_NOTE) {
            noted = now;
            journal.note("seen", id, now, now + left());
        }
        return held;
    }

    /** Looks at it for so many milliseconds, or until it is lost. */
    void during(long work) {
        long end = Moments.now() + Duration.ofMillis(work).toNanos();
        while (Moments.now() < end) {
            if (!held() && untilLost(work)) {
                return;
            }
            Moments.pass(EACH_LOOK);
        }
    }

    /** Tells whether that many milliseconds stand for work until the lease is lost. */
    static boolean untilLost(long work) {
        return work >= Orders.UNTIL_LOST;
    }

    void releasing() {
        long now = Moments.now();
        journal.note("free", id, now, belief != null || lease.isHeld() ? 1 : 0);
    }
}
