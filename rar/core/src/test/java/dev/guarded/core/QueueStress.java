// SPDX-License-Identifier: Apache-2.0
package dev.guarded.core;

import static dev.guarded.core.StressSite.CLUSTER;
import static dev.guarded.core.StressSite.LOCAL;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;

import dev.guarded.lock.Lease;
import dev.guarded.lock.LockSettings;
import dev.guarded.lock.NamedLock;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;
import org.openjdk.jcstress.infra.results.I_Result;
import org.openjdk.jcstress.infra.results.ZZ_Result;

/** Callers of one JVM that meet in the queue of one lock. Whatever is not listed as an outcome is forbidden. */
final class QueueStress {

    private QueueStress() {}

    /** Nothing but the lock makes it right. */
    private static final class Counter {

        private final NamedLock lock;
        private int count;

        Counter(LockSettings settings) {
            lock = StressSite.lock(settings);
        }

        void count() {
            Lease lease = StressSite.wait(lock);
            count++;
            lease.close();
        }
    }

    /** Two callers count, in the order of arrival, inside the JVM. Result: the count. */
    @JCStressTest
    @Outcome(id = "2", expect = ACCEPTABLE, desc = "one after the other, each seeing what the other wrote")
    @State
    public static class FairCounting {

        private final Counter counter = new Counter(LOCAL);

        /** Counts. */
        @Actor
        public void one() {
            counter.count();
        }

        /** Counts. */
        @Actor
        public void two() {
            counter.count();
        }

        /** Reads. */
        @Arbiter
        public void end(I_Result result) {
            result.r1 = counter.count;
        }
    }

    /** Two callers count, whoever is there first, inside the JVM. Result: the count. */
    @JCStressTest
    @Outcome(id = "2", expect = ACCEPTABLE, desc = "one after the other, each seeing what the other wrote")
    @State
    public static class BargingCounting {

        private final Counter counter = new Counter(LOCAL.barging(true));

        /** Counts. */
        @Actor
        public void one() {
            counter.count();
        }

        /** Counts. */
        @Actor
        public void two() {
            counter.count();
        }

        /** Reads. */
        @Arbiter
        public void end(I_Result result) {
            result.r1 = counter.count;
        }
    }

    /** Two callers count, in the order of arrival, with the store behind. Result: the count. */
    @JCStressTest
    @Outcome(id = "2", expect = ACCEPTABLE, desc = "one after the other, each seeing what the other wrote")
    @State
    public static class ClusterCounting {

        private final Counter counter = new Counter(CLUSTER);

        /** Counts. */
        @Actor
        public void one() {
            counter.count();
        }

        /** Counts. */
        @Actor
        public void two() {
            counter.count();
        }

        /** Reads. */
        @Arbiter
        public void end(I_Result result) {
            result.r1 = counter.count;
        }
    }

    /** Two callers try a free lock, and keep it. Result: who has it. */
    @JCStressTest
    @Outcome(id = "true, false", expect = ACCEPTABLE, desc = "the first has it")
    @Outcome(id = "false, true", expect = ACCEPTABLE, desc = "the second has it")
    @State
    public static class TwoAttempts {

        private final NamedLock lock = StressSite.lock(LOCAL);

        /** Tries. */
        @Actor
        public void one(ZZ_Result result) {
            result.r1 = lock.tryAcquire().isPresent();
        }

        /** Tries. */
        @Actor
        public void two(ZZ_Result result) {
            result.r2 = lock.tryAcquire().isPresent();
        }
    }

    /** One writes two fields under the lock, one reads them under a read lease. Result: what was read. */
    @JCStressTest
    @Outcome(id = "0, 0", expect = ACCEPTABLE, desc = "before the writer")
    @Outcome(id = "1, 1", expect = ACCEPTABLE, desc = "after the writer")
    @State
    public static class WriterAndReader {

        private final NamedLock lock = StressSite.lock(LOCAL);
        private int first;
        private int second;

        /** Writes. */
        @Actor
        public void write() {
            Lease lease = StressSite.wait(lock);
            first = 1;
            second = 1;
            lease.close();
        }

        /** Reads. */
        @Actor
        public void read(II_Result result) {
            Lease lease = StressSite.wait(lock.readLock());
            result.r2 = second;
            result.r1 = first;
            lease.close();
        }
    }
}
