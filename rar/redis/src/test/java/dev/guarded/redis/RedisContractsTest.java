// SPDX-License-Identifier: Apache-2.0
package dev.guarded.redis;

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

/** Holds locks of reach CLUSTER to every contract, on two engines over a real Redis. */
class RedisContractsTest {

    @Nested
    class MutualExclusion extends MutualExclusionContract {

        @Override
        protected RedisCluster open() {
            return new RedisCluster();
        }
    }

    @Nested
    class Waiting extends WaitingContract {

        @Override
        protected RedisCluster open() {
            return new RedisCluster();
        }
    }

    @Nested
    class Ownership extends OwnershipContract {

        @Override
        protected RedisCluster open() {
            return new RedisCluster();
        }
    }

    @Nested
    class LeaseRenewal extends LeaseRenewalContract {

        @Override
        protected RedisCluster open() {
            return new RedisCluster();
        }
    }

    @Nested
    class Fencing extends FencingContract {

        @Override
        protected RedisCluster open() {
            return new RedisCluster();
        }
    }

    @Nested
    class CleanUp extends CleanUpContract {

        @Override
        protected RedisCluster open() {
            return new RedisCluster();
        }
    }

    @Nested
    class Shutdown extends ShutdownContract {

        @Override
        protected RedisCluster open() {
            return new RedisCluster();
        }
    }

    @Nested
    class Registry extends RegistryContract {

        @Override
        protected RedisCluster open() {
            return new RedisCluster();
        }
    }

    @Nested
    class Names extends NamesContract {

        @Override
        protected RedisCluster open() {
            return new RedisCluster();
        }
    }

    @Nested
    class GuardedCall extends GuardedCallContract {

        @Override
        protected RedisCluster open() {
            return new RedisCluster();
        }
    }

    @Nested
    class LeaseSet extends LeaseSetContract {

        @Override
        protected RedisCluster open() {
            return new RedisCluster();
        }
    }

    @Nested
    class Async extends AsyncContract {

        @Override
        protected RedisCluster open() {
            return new RedisCluster();
        }
    }

    @Nested
    class ClusterExclusion extends ClusterExclusionContract {

        @Override
        protected RedisCluster open() {
            return new RedisCluster();
        }
    }

    @Nested
    class ClusterWaiting extends ClusterWaitingContract {

        @Override
        protected RedisCluster open() {
            return new RedisCluster();
        }
    }

    @Nested
    class ClusterFencing extends ClusterFencingContract {

        @Override
        protected RedisCluster open() {
            return new RedisCluster();
        }
    }

    @Nested
    class LeaseExpiry extends LeaseExpiryContract {

        @Override
        protected RedisCluster open() {
            return new RedisCluster();
        }
    }

    @Nested
    class Outage extends OutageContract {

        @Override
        protected RedisCluster open() {
            return new RedisCluster();
        }
    }

    @Nested
    class DataLoss extends DataLossContract {

        @Override
        protected RedisCluster open() {
            return new RedisCluster();
        }
    }

    @Nested
    class ClusterShutdown extends ClusterShutdownContract {

        @Override
        protected RedisCluster open() {
            return new RedisCluster();
        }
    }

    @Nested
    class ReadLock extends ReadLockContract {

        @Override
        protected RedisCluster open() {
            return new RedisCluster();
        }
    }

    @Nested
    class Permits extends PermitsContract {

        @Override
        protected RedisCluster open() {
            return new RedisCluster();
        }
    }

    @Nested
    class Barging extends BargingContract {

        @Override
        protected RedisCluster open() {
            return new RedisCluster();
        }
    }

    @Nested
    class ClusterSharing extends ClusterSharingContract {

        @Override
        protected RedisCluster open() {
            return new RedisCluster();
        }
    }

    @Nested
    class ForcedRelease extends ForcedReleaseContract {

        @Override
        protected RedisCluster open() {
            return new RedisCluster();
        }
    }

    @Nested
    class ClusterStatus extends ClusterStatusContract {

        @Override
        protected RedisCluster open() {
            return new RedisCluster();
        }
    }

    @Nested
    class Threads extends ThreadsContract {

        @Override
        protected RedisCluster open() {
            return new RedisCluster();
        }
    }
}
