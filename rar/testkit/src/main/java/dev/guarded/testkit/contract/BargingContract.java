// SPDX-License-Identifier: Apache-2.0
package dev.guarded.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.guarded.lock.Lease;
import dev.guarded.lock.NamedLock;
import dev.guarded.testkit.Proves;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Where barging is allowed, a thread that runs may pass those that wait; everything else is as ever. */
public abstract class BargingContract extends Contract<Site> {

    private NamedLock barging() {
        return locks().getOrCreateLock(name() + "-barging", settings().barging(true));
    }

    @Test
    @Proves("law 1")
    void callersStillNeverMeet() {
        NamedLock lock = barging();
        Counter counter = new Counter();
        History history = new History();
        List<Caller<Boolean>> callers = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            History.Page page = history.newPage();
            callers.add(start(() -> {
                for (int round = 0; round < 200; round++) {
                    page.during(lock, PATIENCE, counter::increment);
                }
                return true;
            }));
        }
        callers.forEach(Caller::result);
        assertThat(counter.value()).isEqualTo(1200);
        history.assertNeverTwoHolders();
        assertFree(lock);
    }

    @Test
    @Proves("H18")
    void whoWaitsIsServedInTheEnd() {
        NamedLock lock = barging();
        Lease held = elsewhere(() -> lock.acquire(PATIENCE));
        Caller<Lease> waiter = startWaiting(lock);
        held.close();
        assertThat(waiter.result().isHeld()).isTrue();
        waiter.result().close();
        assertFree(lock);
    }

    @Test
    void whatTheLastWaiterDidNotTakeIsGivenBack() {
        NamedLock lock = barging();
        Lease held = elsewhere(() -> lock.acquire(PATIENCE));
        Caller<Lease> impatient = startWaiting(lock, Duration.ofMillis(300));
        assertThat(impatient.failure()).hasMessageContaining("GUARDED-0101");
        held.close();
        assertFree(lock);
    }

    @Test
    void whoWaitsForALeaseThatIsGivenBackAndGivesUpLeavesNothing() {
        NamedLock lock = barging();
        for (int i = 0; i < 20; i++) {
            Lease held = elsewhere(() -> lock.acquire(PATIENCE));
            Caller<Lease> waiter = startWaiting(lock);
            waiter.interrupt();
            held.close();
            try {
                waiter.result().close();
            } catch (AssertionError interrupted) {
                assertThat(interrupted).hasMessageContaining("GUARDED-0102");
            }
        }
        assertFree(lock);
    }
}
