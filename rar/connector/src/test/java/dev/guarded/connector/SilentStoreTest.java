// SPDX-License-Identifier: Apache-2.0
package dev.guarded.connector;

import static org.assertj.core.api.Assertions.assertThat;

import dev.guarded.lock.Lease;
import dev.guarded.lock.LockManager;
import dev.guarded.testkit.Faults;
import dev.guarded.testkit.FaultyProxy;
import dev.guarded.testkit.Proves;
import dev.guarded.testkit.RealRedis;
import java.time.Duration;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** What becomes of an adapter's stop when the store takes the commands and never answers. */
class SilentStoreTest {

    private static final Duration PROMISED = Duration.ofSeconds(5);
    private static final Duration OVERHEAD = Duration.ofSeconds(1);

    @Test
    @Proves("law 13")
    void theStopKeepsItsPromiseHoweverLongACommandMayTake() throws Exception {
        stopsInTime("renewed", Lease::renew);
    }

    @Test
    @Proves("law 13")
    void theStopKeepsItsPromiseWhereItIsTheFirstToUseTheConnectionForReleases() throws Exception {
        stopsInTime("fresh", lease -> assertThat(lease.isHeld()).isTrue());
    }

    private static void stopsInTime(String name, Consumer<Lease> use) throws Exception {
        try (TestServer server = new TestServer();
                FaultyProxy proxy = FaultyProxy.to(RealRedis.shared().port())) {
            GuardedResourceAdapter adapter = server.started();
            GuardedManagedConnectionFactory factory = server.factory(adapter, proxy.uri());
            factory.setCommandTimeout("20s");
            LockManager locks = (LockManager) factory.createConnectionFactory(new TestPool());
            Lease one = locks.acquire(name + "-one");
            Lease two = locks.acquire(name + "-two");
            use.accept(one);
            proxy.inject(Faults.silence());

            long begin = System.nanoTime();
            adapter.stop();

            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(PROMISED.plus(OVERHEAD));
            assertThat(one.isHeld()).isFalse();
            assertThat(two.isHeld()).isFalse();
        }
    }
}
