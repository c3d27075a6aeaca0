// SPDX-License-Identifier: Apache-2.0
package dev.guarded.core;

import dev.guarded.testkit.contract.AsyncContract;
import dev.guarded.testkit.contract.BargingContract;
import dev.guarded.testkit.contract.CleanUpContract;
import dev.guarded.testkit.contract.ClusterExclusionContract;
import dev.guarded.testkit.contract.ClusterFencingContract;
import dev.guarded.testkit.contract.ClusterSharingContract;
import dev.guarded.testkit.contract.ClusterShutdownContract;
import dev.guarded.testkit.contract.ClusterStatusContract;
import dev.guarded.testkit.contract.ClusterWaitingContract;
import dev.guarded.testkit.contract.DataLossContract;
import dev.guarded.testkit.contract.FencingContract;
import dev.guarded.testkit.contract.ForcedReleaseContract;
import dev.guarded.testkit.contract.GuardedCallContract;
import dev.guarded.testkit.contract.LeaseExpiryContract;
import dev.guarded.testkit.contract.LeaseRenewalContract;
import dev.guarded.testkit.contract.LeaseSetContract;
import dev.guarded.testkit.contract.MutualExclusionContract;
import dev.guarded.testkit.contract.NamesContract;
import dev.guarded.testkit.contract.OutageContract;
import dev.guarded.testkit.contract.OwnershipContract;
import dev.guarded.testkit.contract.PermitsContract;
import dev.guarded.testkit.contract.ReadLockContract;
import dev.guarded.testkit.contract.RegistryContract;
import dev.guarded.testkit.contract.ShutdownContract;
import dev.guarded.testkit.contract.ThreadsContract;
import dev.guarded.testkit.contract.WaitingContract;
import org.junit.jupiter.api.Nested;

/** Holds locks of reach CLUSTER to every contract, on two engines over a store in memory. */
class MemoryContractsTest {

    @Nested
    class MutualExclusion extends MutualExclusionContract {

        @Override
        protected MemoryCluster open() {
            return new MemoryCluster();
        }
    }

    @Nested
    class Waiting extends WaitingContract {

        @Override
        protected MemoryCluster open() {
            return new MemoryCluster();
        }
    }

    @Nested
    class Ownership extends OwnershipContract {

        @Override
        protected MemoryCluster open() {
            return new MemoryCluster();
        }
    }

    @Nested
    class LeaseRenewal extends LeaseRenewalContract {

        @Override
        protected MemoryCluster open() {
            return new MemoryCluster();
        }
    }

    @Nested
    class Fencing extends FencingContract {

        @Override
        protected MemoryCluster open() {
            return new MemoryCluster();
        }
    }

    @Nested
    class CleanUp extends CleanUpContract {

        @Override
        protected MemoryCluster open() {
            return new MemoryCluster();
        }
    }

    @Nested
    class Shutdown extends ShutdownContract {

        @Override
        protected MemoryCluster open() {
            return new MemoryCluster();
        }
    }

    @Nested
    class Registry extends RegistryContract {

        @Override
        protected MemoryCluster open() {
            return new MemoryCluster();
        }
    }

    @Nested
    class Names extends NamesContract {

        @Override
        protected MemoryCluster open() {
            return new MemoryCluster();
        }
    }

    @Nested
    class GuardedCall extends GuardedCallContract {

        @Override
        protected MemoryCluster open() {
            return new MemoryCluster();
        }
    }

    @Nested
    class LeaseSet extends LeaseSetContract {

        @Override
        protected MemoryCluster open() {
            return new MemoryCluster();
        }
    }

    @Nested
    class Async extends AsyncContract {

        @Override
        protected MemoryCluster open() {
            return new MemoryCluster();
        }
    }

    @Nested
    class ClusterExclusion extends ClusterExclusionContract {

        @Override
        protected MemoryCluster open() {
            return new MemoryCluster();
        }
    }

    @Nested
    class ClusterWaiting extends ClusterWaitingContract {

        @Override
        protected MemoryCluster open() {
            return new MemoryCluster();
        }
    }

    @Nested
    class ClusterFencing extends ClusterFencingContract {

        @Override
        protected MemoryCluster open() {
            return new MemoryCluster();
        }
    }

    @Nested
    class LeaseExpiry extends LeaseExpiryContract {

        @Override
        protected MemoryCluster open() {
            return new MemoryCluster();
        }
    }

    @Nested
    class Outage extends OutageContract {

        @Override
        protected MemoryCluster open() {
            return new MemoryCluster();
        }
    }

    @Nested
    class DataLoss extends DataLossContract {

        @Override
        protected MemoryCluster open() {
            return new MemoryCluster();
        }
    }

    @Nested
    class ClusterShutdown extends ClusterShutdownContract {

        @Override
        protected MemoryCluster open() {
            return new MemoryCluster();
        }
    }

    @Nested
    class ReadLock extends ReadLockContract {

        @Override
        protected MemoryCluster open() {
            return new MemoryCluster();
        }
    }

    @Nested
    class Permits extends PermitsContract {

        @Override
        protected MemoryCluster open() {
            return new MemoryCluster();
        }
    }

    @Nested
    class Barging extends BargingContract {

        @Override
        protected MemoryCluster open() {
            return new MemoryCluster();
        }
    }

    @Nested
    class ClusterSharing extends ClusterSharingContract {

        @Override
        protected MemoryCluster open() {
            return new MemoryCluster();
        }
    }

    @Nested
    class ForcedRelease extends ForcedReleaseContract {

        @Override
        protected MemoryCluster open() {
            return new MemoryCluster();
        }
    }

    @Nested
    class ClusterStatus extends ClusterStatusContract {

        @Override
        protected MemoryCluster open() {
            return new MemoryCluster();
        }
    }

    @Nested
    class Threads extends ThreadsContract {

        @Override
        protected MemoryCluster open() {
            return new MemoryCluster();
        }
    }
}
