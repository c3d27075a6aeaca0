// SPDX-License-Identifier: Apache-2.0
package dev.guarded.core;

import java.time.Duration;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

/** One thing that callers or fate do to a lock. What a number points at depends on what there is when its turn comes. */
sealed interface EngineStep {

    /** Asks once, waits in a thread of its own, or waits without one. */
    enum Manner {
        TRY,
        WAIT,
        WAIT_WITHOUT_A_THREAD
    }

    record Acquire(int node, boolean reading, Manner manner, Duration timeout) implements EngineStep {}

    record GiveUp(int which) implements EngineStep {}

    record Release(int which, boolean byClosing) implements EngineStep {}

    record Renew(int which) implements EngineStep {}

    record Detach(int which) implements EngineStep {}

    record Downgrade(int which) implements EngineStep {}

    record ForceRelease(int node, int which) implements EngineStep {}

    /** Time passes, and whatever is due happens. */
    record Pass(Duration time) implements EngineStep {}

    /** Time passes as in a pause of the whole JVM. */
    record Pause(Duration time) implements EngineStep {}

    record LoseReplies(int node, int count) implements EngineStep {}

    record Cut(int node) implements EngineStep {}

    record Mend(int node) implements EngineStep {}

    record LoseMessages(int node) implements EngineStep {}

    /** Returns what callers do while nothing goes wrong. */
    static Arbitrary<EngineStep> ofCallers() {
        Arbitrary<Integer> number = Arbitraries.integers().between(0, 5);
        Arbitrary<Integer> node = Arbitraries.integers().between(0, 1);
        Arbitrary<Boolean> either = Arbitraries.of(true, false);
        Arbitrary<Duration> timeout = Arbitraries.of(2, 600, 600).map(Duration::ofSeconds);
        Arbitrary<EngineStep> acquire = Combinators.combine(node, either, Arbitraries.of(Manner.class), timeout)
                .as(Acquire::new);
        return Arbitraries.frequencyOf(
                Tuple.of(8, acquire),
                Tuple.of(6, Combinators.combine(number, either).as(Release::new)),
                Tuple.of(1, number.map(GiveUp::new)),
                Tuple.of(1, number.map(Renew::new)),
                Tuple.of(1, number.map(Detach::new)),
                Tuple.of(1, number.map(Downgrade::new)),
                Tuple.of(1, Combinators.combine(node, number).as(ForceRelease::new)),
                Tuple.of(2, Arbitraries.of(7, 400, 1500, 4000).map(millis -> new Pass(Duration.ofMillis(millis)))));
    }

    /** Returns the same, and what goes wrong. */
    static Arbitrary<EngineStep> ofCallersAndFate() {
        Arbitrary<Integer> node = Arbitraries.integers().between(0, 1);
        Arbitrary<Integer> few = Arbitraries.integers().between(1, 3);
        return Arbitraries.frequencyOf(
                Tuple.of(12, ofCallers()),
                Tuple.of(1, Arbitraries.of(1100, 3100).map(millis -> new Pause(Duration.ofMillis(millis)))),
                Tuple.of(2, Combinators.combine(node, few).as(LoseReplies::new)),
                Tuple.of(1, node.map(Cut::new)),
                Tuple.of(1, node.map(Mend::new)),
                Tuple.of(1, node.map(LoseMessages::new)));
    }
}
