// SPDX-License-Identifier: Apache-2.0
package dev.guarded.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.guarded.core.CloseableLockManager;
import dev.guarded.lock.Lease;
import dev.guarded.lock.NamedLock;
import dev.guarded.lock.ReleaseOutcome;
import dev.guarded.testkit.Faults;
import dev.guarded.testkit.FaultyProxy;
import dev.guarded.testkit.RealRedis;
import dev.guarded.testkit.VirtualThreads;
import java.time.Duration;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;

/** Commands of threads whose interrupt flag is set, which closes the socket that a virtual thread reads from. */
@EnabledForJreRange(min = JRE.JAVA_21)
class InterruptedCallerTest {

    private final FaultyProxy proxy = FaultyProxy.to(RealRedis.shared().port());
    private final CloseableLockManager node = OpenedStores.open(proxy.uri(), "interrupted", Duration.ofSeconds(2));
    private final NamedLock lock = node.getOrCreateLock("orders");

    @AfterEach
    void close() {
        node.close();
        proxy.close();
    }

    @Test
    void leaseIsRenewedAndReleasedByAThreadThatIsInterrupted() throws Exception {
        // So that a reply is waited for, and not there already.
        proxy.inject(Faults.delay(Duration.ofMillis(2)));
        ThreadFactory threads = VirtualThreads.factory();
        for (int i = 0; i < 5; i++) {
            FutureTask<ReleaseOutcome> work = new FutureTask<>(() -> {
                Lease lease = lock.acquire(Duration.ofSeconds(10));
                Thread.currentThread().interrupt();
                assertThat(lock.isLocked()).isTrue();
                lease.renew();
                ReleaseOutcome outcome = lease.release();
                assertThat(Thread.currentThread().isInterrupted()).isTrue();
                return outcome;
            });
            threads.newThread(work).start();
            assertThat(work.get(30, TimeUnit.SECONDS)).isEqualTo(ReleaseOutcome.RELEASED);
        }
        assertThat(proxy.connections()).as("of callers, renewals and messages").isLessThanOrEqualTo(3);
    }
}
