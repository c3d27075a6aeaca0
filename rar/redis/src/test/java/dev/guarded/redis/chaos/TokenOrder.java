// SPDX-License-Identifier: Apache-2.0
package dev.guarded.redis.chaos;

import dev.guarded.redis.chaos.Findings.Rule;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Tokens rise in the order of real time (K3): granted before asked means lower; and each comes once. */
final class TokenOrder {

    private final DataLosses losses;

    TokenOrder(DataLosses losses) {
        this.losses = losses;
    }

    void check(History history, Findings findings) {
        int stale = 0;
        for (List<Hold> holds : history.holdsByLock().values()) {
            Set<Long> seen = new HashSet<>();
            List<Hold> byGrant =
                    holds.stream().sorted(Comparator.comparingLong(Hold::got)).toList();
            Hold highest = null;
            int granted = 0;
            for (Hold hold :
                    holds.stream().sorted(Comparator.comparingLong(Hold::asked)).toList()) {
                for (; byGrant.get(granted).got() < hold.asked(); granted++) {
                    Hold earlier = byGrant.get(granted);
                    highest = highest == null || earlier.token() > highest.token() ? earlier : highest;
                }
                if (!seen.add(hold.token())) {
                    findings.violated(Rule.TOKENS_RISE, "a token comes twice: " + hold);
                }
                if (highest != null && hold.token() <= highest.token()) {
                    if (losses.excuse(highest, hold)) {
                        stale++;
                    } else {
                        findings.violated(Rule.TOKENS_RISE, hold + " asked after this was granted: " + highest);
                    }
                }
            }
        }
        findings.figure("K3 handed over with a low token after a loss of data", stale);
    }
}
