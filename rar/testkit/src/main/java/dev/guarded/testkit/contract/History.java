// SPDX-License-Identifier: Apache-2.0
package dev.guarded.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.guarded.lock.Lease;
import dev.guarded.lock.NamedLock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * What happened to one lock, as its callers saw it on the monotonic clock. Each caller writes its own page and shares
 * nothing while the lock is held, so that the writing itself orders nobody.
 */
final class History {

    /** One lease: when it was asked for, when it was granted, how long it was certainly held, and its token. */
    record Hold(long asked, long granted, long heldUntil, long token) {}

    private final List<List<Hold>> pages = new CopyOnWriteArrayList<>();

    /** Returns an empty page for one caller. */
    Page newPage() {
        List<Hold> holds = new ArrayList<>();
        pages.add(holds);
        return new Page(holds);
    }

    /** What one caller writes down. */
    record Page(List<Hold> holds) {

        /** Runs a body under the lock and writes it down. */
        void during(NamedLock lock, Duration timeout, Runnable body) {
            long asked = System.nanoTime();
            Lease lease = lock.acquire(timeout);
            long granted = System.nanoTime();
            try {
                body.run();
            } finally {
                // A hold ends when its release begins: the store frees the lock before it has answered.
                long end = System.nanoTime();
                holds.add(new Hold(asked, granted, lease.isHeld() ? end : granted, lease.fencingToken()));
                lease.release();
            }
        }
    }

    /** Asserts that no hold began while another was certain. */
    void assertNeverTwoHolders() {
        Hold before = null;
        for (Hold hold : sorted(Comparator.comparingLong(Hold::granted))) {
            if (before != null) {
                assertThat(hold.granted())
                        .as("%s was granted while %s was held", hold, before)
                        .isGreaterThanOrEqualTo(before.heldUntil());
            }
            before = before == null || hold.heldUntil() > before.heldUntil() ? hold : before;
        }
    }

    /** Asserts that whoever asked after another was granted got a higher token, and that no token came twice. */
    void assertTokensRose() {
        List<Hold> byGrant = sorted(Comparator.comparingLong(Hold::granted));
        long highest = Long.MIN_VALUE;
        int granted = 0;
        for (Hold hold : sorted(Comparator.comparingLong(Hold::asked))) {
            while (byGrant.get(granted).granted() < hold.asked()) {
                highest = Math.max(highest, byGrant.get(granted++).token());
            }
            assertThat(hold.token()).as("the token of %s", hold).isGreaterThan(highest);
        }
        assertThat(byGrant.stream().map(Hold::token)).as("tokens").doesNotHaveDuplicates();
        assertThat(byGrant.stream().map(Hold::token))
                .as("tokens in the order of the grants")
                .isSorted();
    }

    int size() {
        return pages.stream().mapToInt(List::size).sum();
    }

    private List<Hold> sorted(Comparator<Hold> order) {
        return pages.stream().flatMap(List::stream).sorted(order).toList();
    }
}
