// SPDX-License-Identifier: Apache-2.0
package dev.guarded.redis;

import dev.guarded.core.spi.AcquireCommand;
import dev.guarded.core.spi.Sharing;
import java.time.Duration;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

/** One thing that happens to a store: a command of one of a few askers, or the passing of time. */
sealed interface StoreStep {

    /** So long that the real time a test takes does not count beside it. */
    Duration UNIT = Duration.ofSeconds(1000);

    /** Who asks. No two times that it sets in motion end at a whole unit, so it is clear what comes first. */
    enum Asker {
        ANN("aaaa", Sharing.ALONE, 2500, true),
        BOB("bbbb", Sharing.ALONE, 4400, true),
        DEAF_CID("dddd", Sharing.ALONE, 2500, true),
        POLLING_DAN("dddd", Sharing.ALONE, 4400, false),
        READING_ANN("aaaa", Sharing.READING, 2500, true),
        READING_BOB("bbbb", Sharing.READING, 4400, true),
        DEAF_READING_CID("dddd", Sharing.READING, 4400, true),
        ONE_OF_TWO_ANN("aaaa", new Sharing(2), 4400, true),
        ONE_OF_TWO_BOB("bbbb", new Sharing(2), 2500, true);

        final String node;

        @SuppressWarnings("ImmutableEnumChecker") // A record of one number.
        final Sharing sharing;

        final Duration lease;
        final boolean push;

        Asker(String node, Sharing sharing, int leaseSeconds, boolean push) {
            this.node = node;
            this.sharing = sharing;
            this.lease = Duration.ofSeconds(leaseSeconds);
            this.push = push;
        }
    }

    /** How the highest fence that the asker has seen stands to the last one of the store. */
    enum Floor {
        NONE,
        LAST,
        ABOVE
    }

    record Ask(Asker who, AcquireCommand.Mode mode, Floor floor) implements StoreStep {}

    record Release(Asker who, Duration keep, boolean force) implements StoreStep {}

    record Downgrade(Asker who, Floor floor) implements StoreStep {}

    record Renew(List<Asker> who) implements StoreStep {}

    record Pass(int units) implements StoreStep {}

    /** Returns steps of every kind, those that make a queue more often than the rest. */
    static Arbitrary<StoreStep> any() {
        Arbitrary<Asker> who = Arbitraries.of(Asker.class);
        Arbitrary<Floor> floor = Arbitraries.of(Floor.NONE, Floor.NONE, Floor.LAST, Floor.ABOVE);
        Arbitrary<AcquireCommand.Mode> mode = Arbitraries.of(AcquireCommand.Mode.class);
        Arbitrary<Duration> keep = Arbitraries.of(Duration.ZERO, Duration.ZERO, Duration.ofMinutes(25));
        Arbitrary<Boolean> force = Arbitraries.of(false, false, true);
        return Arbitraries.frequencyOf(
                Tuple.of(4, Combinators.combine(who, mode, floor).as(Ask::new)),
                Tuple.of(3, who.map(each -> new Ask(each, AcquireCommand.Mode.QUEUE, Floor.NONE))),
                Tuple.of(3, Combinators.combine(who, keep, force).as(Release::new)),
                Tuple.of(1, Combinators.combine(who, floor).as(Downgrade::new)),
                Tuple.of(
                        1, who.list().uniqueElements().ofMinSize(1).ofMaxSize(3).map(Renew::new)),
                Tuple.of(2, Arbitraries.integers().between(1, 3).map(Pass::new)));
    }
}
