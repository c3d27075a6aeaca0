// SPDX-License-Identifier: Apache-2.0
package dev.guarded.redis.chaos;

import dev.guarded.redis.chaos.Findings.Rule;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * One holder (K1), and how far critical sections overlap (K2), which no lock with leases can prevent.
 *
 * <p>A server that lost its data may grant a lock that somebody holds; those overlaps are counted apart.
 */
final class Exclusion {

    private final DataLosses losses;

    Exclusion(DataLosses losses) {
        this.losses = losses;
    }

    void check(History history, Findings findings) {
        int early = 0;
        Set<String> victims = new HashSet<>();
        int sections = 0;
        for (List<Hold> holds : history.holdsByLock().values()) {
            for (Overlap overlap : overlaps(holds)) {
                if (overlap.definite() && losses.excuse(overlap.before(), overlap.after())) {
                    early++;
                    victims.add(overlap.before().id());
                } else if (overlap.definite()) {
                    findings.violated(
                            Rule.ONE_HOLDER, overlap.after() + " was granted while held: " + overlap.before());
                }
                sections += overlap.definite() ? 0 : 1;
            }
        }
        findings.figure("K1 early grants after a loss of data", early);
        findings.figure("K1 holders concerned", victims.size());
        findings.figure("K2 grants inside a critical section", sections);
    }

    private record Overlap(Hold before, Hold after, boolean definite) {}

    /** Sweeps over the holds in the order of their grants, with all in hand that have not ended. */
    private static List<Overlap> overlaps(List<Hold> holds) {
        List<Overlap> found = new ArrayList<>();
        List<Hold> definite = new ArrayList<>();
        List<Hold> critical = new ArrayList<>();
        for (Hold hold :
                holds.stream().sorted(Comparator.comparingLong(Hold::got)).toList()) {
            critical.removeIf(before -> before.criticalEnd() <= hold.got());
            critical.forEach(before -> found.add(new Overlap(before, hold, false)));
            critical.add(hold);
            // One that had ended before its owner could note it was never believed in.
            if (hold.definiteEnd() > hold.got()) {
                definite.removeIf(before -> before.definiteEnd() <= hold.got());
                definite.forEach(before -> found.add(new Overlap(before, hold, true)));
                definite.add(hold);
            }
        }
        return found;
    }
}
