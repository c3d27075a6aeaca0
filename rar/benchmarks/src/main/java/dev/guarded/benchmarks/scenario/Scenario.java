// SPDX-License-Identifier: Apache-2.0
package dev.guarded.benchmarks.scenario;

import dev.guarded.benchmarks.measure.Comparison;
import dev.guarded.benchmarks.measure.Target;
import java.util.List;

/** Something that locks are used for, and how well they do. */
public interface Scenario {

    /** {@return its short name, such as S1} */
    String id();

    /** {@return what it is about, in half a line} */
    String title();

    /**
     * Measures all peers.
     *
     * @param site where, and how long
     * @return what came of it
     * @throws dev.guarded.benchmarks.measure.OverlapException if a lock let two holders in
     */
    Outcome run(Site site) throws Exception;

    /**
     * What came of it.
     *
     * @param targets the promises
     * @param comparisons the peers beside each other
     * @param notes what a reader has to know
     */
    record Outcome(List<Target> targets, List<Comparison> comparisons, List<String> notes) {}

    /** {@return all scenarios, in the order in which they run} */
    static List<Scenario> all() {
        return List.of(
                new Uncontended(),
                new ManyLocks(),
                new OneLock(),
                new TwoMachines(),
                new ManyWaiters(),
                new ManyLeases(),
                new ManyNames(),
                new LocalReach());
    }
}
