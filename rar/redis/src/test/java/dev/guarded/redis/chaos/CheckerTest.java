// SPDX-License-Identifier: Apache-2.0
package dev.guarded.redis.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.guarded.redis.chaos.Findings.Rule;
import dev.guarded.redis.chaos.History.Access;
import dev.guarded.redis.chaos.History.Strike;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What the checker calls a violation, and what it does not, one history a rule. All moments are milliseconds. */
class CheckerTest {

    private static final Duration LEASE = Duration.ofSeconds(1);
    private static final long FENCE = 1024;

    private final List<Hold> holds = new ArrayList<>();
    private final List<Access> accesses = new ArrayList<>();
    private final List<Strike> strikes = new ArrayList<>();

    @Test
    void holdsOneAfterTheOtherViolateNothing() {
        hold("a", "ask 0 x", "got 10 1024 1000", "used 40", "free 50 1", "freed 60 RELEASED");
        // Granted before the release was answered: the store frees the lock earlier.
        hold("b", "ask 5 x", "got 55 2048 1050", "used 70", "free 80 1", "freed 90 RELEASED");
        hold("c", "ask 5 y", "got 20 1024 1000", "free 80 1", "freed 90 RELEASED");
        write(1024, 1);
        write(2048, 2);
        assertFound();
    }

    @Test
    void aGrantWithinAHoldIsASecondHolder() {
        hold("a", "ask 0 x", "got 10 1024 1000", "free 50 1", "freed 60 RELEASED");
        hold("b", "ask 5 x", "got 49 2048 1050", "free 80 1", "freed 90 RELEASED");
        assertFound(Rule.ONE_HOLDER);
    }

    @Test
    void aHoldThatWasRenewedIsLongerThanItsFirstDeadline() {
        hold("a", "ask 0 x", "got 10 1024 1000", "seen 400 1400", "free 1300 1", "freed 1310 RELEASED");
        hold("b", "ask 5 x", "got 1200 2048 2050", "free 1250 1", "freed 1260 RELEASED");
        assertFound(Rule.ONE_HOLDER);
    }

    @Test
    void aHolderThatWasStoppedOrKilledHasTheLockUntilItsDeadline() {
        strike("KILL", "0", 20, 30);
        hold("a", "ask 0 x", "got 10 1024 1000");
        hold("b", "ask 5 x", "got 999 2048 2000", "free 1080 1", "freed 1090 RELEASED");
        assertFound(Rule.ONE_HOLDER);
    }

    @Test
    void afterItsDeadlineNobodyIsAHolder() {
        strike("KILL", "0", 20, 30);
        hold("a", "ask 0 x", "got 10 1024 1000");
        hold("b", "ask 5 x", "got 1001 2048 2000", "free 1080 1", "freed 1090 RELEASED");
        assertFound();
    }

    @Test
    void aGrantThatHadEndedBeforeItWasNotedWasNeverBelievedIn() {
        strike("PAUSE", "0", 20, 1500);
        hold(
                "a",
                "ask 0 x",
                "got 1500 1024 1500",
                "over 1501",
                "free 1502 0",
                "freed 1503 NOT_OWNER",
                "lost 1504 over");
        hold("b", "ask 5 x", "got 1100 2048 2100", "free 1600 1", "freed 1601 RELEASED");
        assertFound();
    }

    @Test
    void criticalSectionsThatOverlapAreCountedAndNoViolation() {
        strike("PAUSE", "0", 20, 1500);
        hold(
                "a",
                "ask 0 x",
                "got 10 1024 1000",
                "over 1500",
                "lost 1501 over",
                "used 1502",
                "free 1503 0",
                "freed 1504 NOT_OWNER");
        hold("b", "ask 5 x", "got 1100 2048 2100", "free 1600 1", "freed 1601 RELEASED");
        assertFound();
        assertThat(check().figure("K2 grants inside a critical section")).isEqualTo(1);
    }

    @Test
    void aLowerTokenAfterAHigherOneIsAViolation() {
        hold("a", "ask 0 x", "got 10 2048 1000", "free 50 1", "freed 60 RELEASED");
        hold("b", "ask 20 x", "got 65 1024 1050", "free 80 1", "freed 90 RELEASED");
        assertFound(Rule.TOKENS_RISE);
    }

    @Test
    void tokensOfGrantsThatMayHaveCrossedAreInNoOrder() {
        hold("a", "ask 0 x", "got 10 2048 1000", "free 15 1", "freed 60 RELEASED");
        hold("b", "ask 9 x", "got 65 1024 1050", "free 80 1", "freed 90 RELEASED");
        assertFound();
    }

    @Test
    void aTokenThatComesTwiceIsAViolation() {
        hold("a", "ask 0 x", "got 10 1024 1000", "free 15 1", "freed 60 RELEASED");
        hold("b", "ask 9 x", "got 65 1024 1050", "free 80 1", "freed 90 RELEASED");
        assertFound(Rule.TOKENS_RISE);
    }

    @Test
    void aResourceThatAcceptsALowerTokenIsAViolation() {
        write(2048, 1);
        write(1024, 2);
        assertFound(Rule.NO_UPDATE_LOST);
    }

    @Test
    void aVersionMadeTwiceIsALostUpdate() {
        write(1024, 1);
        write(2048, 1);
        assertFound(Rule.NO_UPDATE_LOST);
    }

    @Test
    void aRefusedAccessLosesNothing() {
        strike("PAUSE", "0", 20, 1500);
        write(2048, 1);
        accesses.add(new Access(0, "x", true, 1024, false, 1));
        assertFound();
        assertThat(check().figure("K4 refused for an old token")).isEqualTo(1);
    }

    @Test
    void aLockThatNobodyIsGrantedForTooLongIsAViolation() {
        hold("a", "ask 0 x", "got 10 1024 1000", "free 15 1", "freed 60 RELEASED");
        hold("b", "ask 9 x", "got 7020 2048 8000", "free 7030 1", "freed 7040 RELEASED");
        assertFound(Rule.GRANTED_AGAIN);
        strike("KILL", "0", 20, 30);
        assertFound();
    }

    @Test
    void aLossOrARefusalWithoutAFaultIsAViolation() {
        hold("a", "ask 0 x", "got 10 1024 1000", "over 1001", "lost 1001 over", "free 1002 0", "freed 1003 NOT_OWNER");
        assertFound(Rule.CALM);
        holds.clear();
        accesses.add(new Access(0, "x", false, 1024, false, 1));
        assertFound(Rule.CALM);
    }

    @Test
    void aLossThatIsNeverToldIsAViolation() {
        strike("PAUSE", "0", 20, 1500);
        hold("a", "ask 0 x", "got 10 1024 1000", "free 1500 0", "freed 1510 NOT_OWNER");
        hold("b", "ask 1600 x", "got 6600 2048 7600", "free 6610 1", "freed 6620 RELEASED");
        assertFound(Rule.LOSS_ANNOUNCED);
    }

    @Test
    void aLossThatIsToldLateIsAViolationUnlessItsProcessStoodStill() {
        strike("PAUSE", "0", 20, 1500);
        Hold late = hold("1.0.0.0", "ask 0 x", "got 10 1024 1000", "lost 6500 over");
        assertFound(Rule.LOSS_ANNOUNCED);
        assertThat(new Checker(LEASE)
                        .check(new History(
                                List.of(late),
                                accesses,
                                strikes,
                                List.of(new History.Gap("1.0", ms(900), ms(3000))),
                                Map.of(),
                                0,
                                ms(4000)))
                        .violations())
                .isEmpty();
    }

    @Test
    void aLeaseThatTheStoreHasNoLongerBeforeItsEndWasTakenByARelease() {
        strike("PAUSE", "0", 20, 1500);
        hold("a", "ask 0 x", "got 10 1024 1000", "lost 400 gone", "free 500 0", "freed 510 NOT_OWNER");
        assertFound(Rule.NOBODY_ROBBED);
        strike(History.DATA_LOSS, "1", 200, 210);
        assertFound();
    }

    @Test
    void aLossOfDataExcusesTwoHoldersForALeaseTimeAndOnlyIfOneIsOlder() {
        strike(History.DATA_LOSS, "5", 100, 110);
        hold("a", "ask 0 x", "got 10 " + 4 * FENCE + " 1000", "free 900 1", "freed 910 NOT_OWNER", "lost 911 gone");
        hold("b", "ask 5 x", "got 200 " + 6 * FENCE + " 1200", "free 600 1", "freed 610 RELEASED");
        // The older one is handed over within its JVM, with a lower token.
        hold("c", "ask 300 x", "got 905 " + (4 * FENCE + 1) + " 1000", "free 950 1", "freed 960 RELEASED");
        assertFound();
        assertThat(check().figure("K1 early grants after a loss of data")).isEqualTo(1);
        assertThat(check().figure("K3 handed over with a low token after a loss of data"))
                .isEqualTo(1);
        hold("d", "ask 5 x", "got 550 " + 7 * FENCE + " 1550", "free 560 1", "freed 570 RELEASED");
        assertFound(Rule.ONE_HOLDER);
    }

    private Hold hold(String id, String... lines) {
        HoldNotes notes = new HoldNotes(id);
        for (String line : lines) {
            List<String> words = new ArrayList<>(Arrays.asList(line.split(" ")));
            words.add(1, id);
            words.set(2, Long.toString(ms(Long.parseLong(words.get(2)))));
            int last = words.size() - 1;
            if (Set.of("got", "seen").contains(words.get(0))) {
                words.set(last, Long.toString(ms(Long.parseLong(words.get(last)))));
            }
            notes.add(words);
        }
        holds.add(notes.hold());
        return notes.hold();
    }

    private void write(long token, long version) {
        accesses.add(new Access(0, "x", true, token, true, version));
    }

    private void strike(String kind, String target, long from, long until) {
        strikes.add(new Strike(kind, target, ms(from), ms(until)));
    }

    private static long ms(long millis) {
        return millis * 1_000_000;
    }

    private Findings check() {
        return new Checker(LEASE).check(History.of(holds, accesses, strikes));
    }

    private void assertFound(Rule... rules) {
        assertThat(check().violations().keySet()).containsExactlyInAnyOrder(rules);
    }
}
