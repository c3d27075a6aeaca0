// SPDX-License-Identifier: Apache-2.0
package dev.guarded.core;

import static dev.guarded.core.StressSite.CLUSTER;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;

import dev.guarded.lock.Lease;
import dev.guarded.lock.NamedLock;
import java.util.concurrent.atomic.AtomicInteger;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LLLL_Result;
import org.openjdk.jcstress.infra.results.LLL_Result;

/** Ends of one lease that meet. Whatever is not listed as an outcome is forbidden. */
final class LeaseStress {

    private LeaseStress() {}

    /** Two threads release. Result: what each was answered, whether the lock is free. */
    @JCStressTest
    @Outcome(id = "RELEASED, NOT_OWNER, true", expect = ACCEPTABLE, desc = "the first counts")
    @Outcome(id = "NOT_OWNER, RELEASED, true", expect = ACCEPTABLE, desc = "the second counts")
    @State
    public static class ReleaseAndRelease {

        private final NamedLock lock = StressSite.lock(CLUSTER);
        private final Lease lease = StressSite.wait(lock);

        /** Releases. */
        @Actor
        public void one(LLL_Result result) {
            result.r1 = lease.release();
        }

        /** Releases. */
        @Actor
        public void two(LLL_Result result) {
            result.r2 = lease.release();
        }

        /** Looks. */
        @Arbiter
        public void end(LLL_Result result) {
            result.r3 = StressSite.isFree(lock);
        }
    }

    /** A renewal meets the release. Result: what the release was answered, whether it renewed, is held, is free. */
    @JCStressTest
    @Outcome(id = "RELEASED, true, false, true", expect = ACCEPTABLE, desc = "renewed, then released")
    @Outcome(id = "RELEASED, false, false, true", expect = ACCEPTABLE, desc = "released, and nothing brought back")
    @State
    public static class ReleaseAndRenewal {

        private final NamedLock lock = StressSite.lock(CLUSTER);
        private final Lease lease = StressSite.wait(lock);

        /** Releases. */
        @Actor
        public void release(LLLL_Result result) {
            result.r1 = lease.release();
        }

        /** Renews. */
        @Actor
        public void renew(LLLL_Result result) {
            result.r2 = StressSite.renewed(lease);
        }

        /** Looks. */
        @Arbiter
        public void end(LLLL_Result result) {
            result.r3 = lease.isHeld();
            result.r4 = StressSite.isFree(lock);
        }
    }

    /** A release and a renewal find the lock gone. Result: the answers, is held, how often the loss was told. */
    @JCStressTest
    @Outcome(id = "NOT_OWNER, false, false, 1", expect = ACCEPTABLE, desc = "told by whoever found it")
    @Outcome(id = "NOT_OWNER, false, false, 0", expect = ACCEPTABLE, desc = "the release found it first")
    @State
    public static class ReleaseAndLoss {

        private final AtomicInteger losses = new AtomicInteger();
        private final NamedLock lock = StressSite.lock(CLUSTER);
        private final Lease lease = StressSite.wait(lock);

        /** Takes the lock away before the actors begin. */
        public ReleaseAndLoss() {
            lease.onLost(loss -> losses.incrementAndGet());
            StressSite.lose(lock);
        }

        /** Releases. */
        @Actor
        public void release(LLLL_Result result) {
            result.r1 = lease.release();
        }

        /** Renews. */
        @Actor
        public void renew(LLLL_Result result) {
            result.r2 = StressSite.renewed(lease);
        }

        /** Looks. */
        @Arbiter
        public void end(LLLL_Result result) {
            result.r3 = lease.isHeld();
            result.r4 = losses.get();
        }
    }
}
