// SPDX-License-Identifier: Apache-2.0
package dev.guarded.benchmarks.measure;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/** What a lock protects in a contended scenario: it notices if two are inside at once. */
public final class Section {

    private final AtomicInteger inside = new AtomicInteger();
    private final LongAdder overlaps = new LongAdder();

    /** Not atomic on purpose: two at once lose one of their updates, even if they miss each other above. */
    private long entries;

    /** Goes in. */
    public void enter() {
        if (inside.getAndIncrement() != 0) {
            overlaps.increment();
        }
        entries++;
    }

    /** Comes out. */
    public void leave() {
        inside.decrementAndGet();
    }

    /**
     * Refuses a lock that let two in at once; call it when all are out.
     *
     * @param who whose lock it was
     * @param expected how many went in
     * @throws OverlapException if there were two holders
     */
    public void check(String who, long expected) {
        if (overlaps.sum() > 0 || entries != expected) {
            throw new OverlapException(who + ": two holders at once, seen " + overlaps.sum() + " times in " + expected
                    + " acquisitions; " + (expected - entries) + " updates were lost");
        }
    }
}
