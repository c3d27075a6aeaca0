// SPDX-License-Identifier: Apache-2.0
package dev.guarded.redis.chaos;

import static dev.guarded.redis.chaos.Hold.NEVER;

import dev.guarded.redis.chaos.Findings.Rule;
import dev.guarded.redis.chaos.History.Gap;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/**
 * Every loss is announced soon after the lease's end, or after its process went on (K7); and nothing was lost that the
 * store did not have to give up (K8).
 */
final class Announcements {

    private final DataLosses losses;
    private final long bound;

    Announcements(DataLosses losses, Duration bound) {
        this.losses = losses;
        this.bound = bound.toNanos();
    }

    void check(History history, Findings findings) {
        List<Hold> lost = history.holds().stream().filter(Hold::wasLost).toList();
        long[] lateness = lost.stream()
                .filter(hold -> hold.lost() != NEVER)
                .mapToLong(hold -> lateness(hold, history.gaps()))
                .sorted()
                .toArray();
        for (Hold hold : lost) {
            if (hold.lost() == NEVER ? mustHaveBeenTold(hold, history) : lateness(hold, history.gaps()) > bound) {
                findings.violated(Rule.LOSS_ANNOUNCED, (hold.lost() == NEVER ? "never" : "late") + " told: " + hold);
            }
            if (hold.why().equals(Hold.GONE) && hold.lost() < hold.deadline() && !losses.excuse(hold, hold.lost())) {
                findings.violated(Rule.NOBODY_ROBBED, "taken from its owner: " + hold);
            }
        }
        findings.figure("K7 losses", lost.size());
        findings.figure("K7 losses announced", lateness.length);
        findings.figure("K7 notice p50/p99/max, ms", Arrays.toString(new long[] {
            percentile(lateness, 50), percentile(lateness, 99), percentile(lateness, 100)
        }));
    }

    /** A process that was killed tells nobody; one that has just noticed may still be about to. */
    private boolean mustHaveBeenTold(Hold hold, History history) {
        return !hold.outcome().isEmpty() && history.until() - hold.freeing() > bound;
    }

    /** Returns how long after its end a lease's loss was told, without the time in which the process stood still. */
    private static long lateness(Hold hold, List<Gap> gaps) {
        long end = hold.why().equals(Hold.GONE) ? Math.min(hold.lost(), hold.deadline()) : hold.deadline();
        long late = Math.max(0, hold.lost() - end);
        for (Gap gap : gaps) {
            if (hold.id().startsWith(gap.worker() + ".")) {
                late -= Math.max(0, Math.min(gap.until(), hold.lost()) - Math.max(gap.from(), end));
            }
        }
        return Math.max(0, late);
    }

    private static long percentile(long[] sorted, int percent) {
        int index = (sorted.length * percent + 99) / 100 - 1;
        return sorted.length == 0 ? 0 : sorted[Math.max(0, index)] / 1_000_000;
    }
}
