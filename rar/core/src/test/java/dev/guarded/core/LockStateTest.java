// SPDX-License-Identifier: Apache-2.0
package dev.guarded.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.guarded.core.EngineStep.Acquire;
import dev.guarded.core.EngineStep.Manner;
import dev.guarded.lock.Lease;
import dev.guarded.lock.LockSettings;
import dev.guarded.lock.Reach;
import dev.guarded.testkit.Proves;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever callers and fate do, in whatever order, the lock keeps its laws. */
class LockStateTest {

    /** The kinds of lock that differ in who may hold them beside whom, and in who comes first. */
    enum Kind {
        FAIR(1, false),
        BARGING(1, true),
        TWO_PERMITS(2, false);

        private final int permits;
        private final boolean barging;

        Kind(int permits, boolean barging) {
            this.permits = permits;
            this.barging = barging;
        }

        LockSettings settings(Reach reach) {
            return LockSettings.defaults().reach(reach).permits(permits).barging(barging);
        }
    }

    @Property
    @Proves({"law 1", "law 10"})
    void callersAloneAreServedAsTheModelSays(
            @ForAll Kind kind, @ForAll Reach reach, @ForAll("calm") List<EngineStep> steps) {
        live(kind, reach, steps);
    }

    @Property
    @Proves({"law 1", "law 4", "law 5", "law 7", "law 8"})
    void noFateBreaksALaw(@ForAll Kind kind, @ForAll("stormy") List<EngineStep> steps) {
        live(kind, Reach.CLUSTER, steps);
    }

    @Provide
    Arbitrary<List<EngineStep>> calm() {
        return EngineStep.ofCallers().list().ofMinSize(1).ofMaxSize(25);
    }

    @Provide
    Arbitrary<List<EngineStep>> stormy() {
        return EngineStep.ofCallersAndFate().list().ofMinSize(1).ofMaxSize(25);
    }

    private static void live(Kind kind, Reach reach, List<EngineStep> steps) {
        LockWorld world = new LockWorld(kind.settings(reach));
        LockModel model = new LockModel(world, kind.permits, kind.barging);
        for (EngineStep step : steps) {
            Optional<Boolean> granted = Optional.empty();
            if (step instanceof Acquire acquire && acquire.manner() == Manner.TRY && world.calm()) {
                granted = model.wouldGrant(acquire);
            }
            world.does(step);
            model.check(step);
            granted.ifPresent(expected ->
                    assertThat(world.latest().holds()).as("%s", step).isEqualTo(expected));
        }
        world.goHome();
        nothingIsLeft(world, model);
    }

    private static void nothingIsLeft(LockWorld world, LockModel model) {
        model.check("the way home");
        assertThat(world.waiting()).as("those who wait though nobody holds").isEmpty();
        assertThat(world.store().inspect("orders").holders()).isEmpty();
        assertThat(world.store().inspect("orders").queued()).isZero();
        Set<Long> tokens = new HashSet<>();
        assertThat(world.leases().map(Lease::fencingToken)).allMatch(tokens::add);
        for (int node = 0; node < 2; node++) {
            assertThat(world.engine(node).listHeld()).isEmpty();
        }
        for (Attempt attempt : world.attempts) {
            if (attempt.released) {
                // Its own release may be what finds the lock gone: taken by force, or lost with the store's data.
                assertThat(attempt.losses)
                        .as("%s", attempt)
                        .hasSizeLessThan(2)
                        .allSatisfy(loss -> assertThat(loss).hasMessageContaining("no longer when it was released"));
            } else {
                assertThat(attempt.losses).as("%s", attempt).hasSize(attempt.lost() ? 1 : 0);
            }
        }
    }
}
