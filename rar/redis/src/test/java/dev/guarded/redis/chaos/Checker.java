// SPDX-License-Identifier: Apache-2.0
package dev.guarded.redis.chaos;

import dev.guarded.redis.chaos.Findings.Rule;
import dev.guarded.redis.chaos.History.Access;
import dev.guarded.redis.chaos.History.Strike;
import java.time.Duration;
import java.util.stream.Collectors;

/** Judges a history. The rules are sound: what they call a violation is one, whatever the processes did not see. */
final class Checker {

    /** What noticing, reconnecting and one command may take on top of a lease, on a busy machine. */
    private static final Duration RECOVERY = Duration.ofSeconds(6);

    /** When a loss that is not told yet is taken not to be told. */
    private static final Duration NOTICE = Duration.ofSeconds(5);

    private final Duration leaseTime;

    Checker(Duration leaseTime) {
        this.leaseTime = leaseTime;
    }

    Findings check(History history) {
        Findings findings = new Findings();
        findings.figure("grants", history.holds().size());
        findings.figure("not granted", history.refusals());
        findings.figure(
                "faults",
                history.strikes().stream().collect(Collectors.groupingBy(Strike::kind, Collectors.counting())));
        DataLosses losses = new DataLosses(history.dataLosses(), leaseTime);
        new Exclusion(losses).check(history, findings);
        new TokenOrder(losses).check(history, findings);
        new Updates().check(history, findings);
        new Recoveries(leaseTime, RECOVERY).check(history, findings);
        new Announcements(losses, NOTICE).check(history, findings);
        if (history.strikes().isEmpty()) {
            checkCalm(history, findings);
        }
        return findings;
    }

    /** Where nothing goes wrong nothing is lost and nothing refused (K6). */
    private static void checkCalm(History history, Findings findings) {
        history.holds().stream()
                .filter(Hold::wasLost)
                .forEach(hold -> findings.violated(Rule.CALM, "lost without a fault: " + hold));
        history.accesses().stream()
                .filter(access -> !access.accepted())
                .forEach((Access access) -> findings.violated(Rule.CALM, "refused without a fault: " + access));
    }
}
