// SPDX-License-Identifier: Apache-2.0
package dev.guarded.redis.chaos;

import dev.guarded.redis.chaos.Findings.Rule;
import dev.guarded.redis.chaos.History.Strike;
import java.time.Duration;
import java.util.List;
import java.util.stream.LongStream;

/**
 * Somebody is granted the lock again within a lease of the end of a fault, and a bound for noticing (K5). Somebody asks
 * at every moment, so that is a bound for the time between two grants: a lease for the one that held it before, one for
 * each time that processes were stopped or killed, since a dead one in the queue may have been granted it next, and the
 * time in which the store gave no answer.
 */
final class Recoveries {

    private final long lease;
    private final long bound;

    Recoveries(Duration leaseTime, Duration bound) {
        this.lease = leaseTime.toNanos();
        this.bound = bound.toNanos();
    }

    void check(History history, Findings findings) {
        long longest = 0;
        for (var holds : history.holdsByLock().entrySet()) {
            long[] grants = LongStream.concat(
                            holds.getValue().stream().mapToLong(Hold::got), LongStream.of(history.until()))
                    .sorted()
                    .toArray();
            for (int i = 1; i < grants.length; i++) {
                long gap = grants[i] - grants[i - 1];
                longest = Math.max(longest, gap);
                if (gap > allowed(history.strikes(), grants[i - 1], grants[i])) {
                    findings.violated(
                            Rule.GRANTED_AGAIN,
                            "nobody was granted " + holds.getKey() + " for " + gap / 1_000_000 + " ms after "
                                    + grants[i - 1]);
                }
            }
        }
        findings.figure("K5 longest time between two grants, ms", longest / 1_000_000);
    }

    private long allowed(List<Strike> strikes, long from, long until) {
        long allowed = lease + bound;
        for (Strike strike : strikes) {
            if (strike.from() <= until && from <= strike.until()) {
                allowed += switch (strike.kind()) {
                    case "PAUSE", "KILL" -> lease;
                    case "RESTART", "CLIENT_PAUSE" -> Math.min(until, strike.until()) - Math.max(from, strike.from());
                    default -> 0;
                };
            }
        }
        return allowed;
    }
}
