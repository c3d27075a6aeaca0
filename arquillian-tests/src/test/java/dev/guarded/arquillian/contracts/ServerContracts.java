// SPDX-License-Identifier: Apache-2.0
package dev.guarded.arquillian.contracts;

import dev.guarded.testkit.contract.AsyncContract;
import dev.guarded.testkit.contract.ClusterExclusionContract;
import dev.guarded.testkit.contract.ClusterFencingContract;
import dev.guarded.testkit.contract.ClusterWaitingContract;
import dev.guarded.testkit.contract.FencingContract;
import dev.guarded.testkit.contract.GuardedCallContract;
import dev.guarded.testkit.contract.LeaseRenewalContract;
import dev.guarded.testkit.contract.LeaseSetContract;
import dev.guarded.testkit.contract.MutualExclusionContract;
import dev.guarded.testkit.contract.NamesContract;
import dev.guarded.testkit.contract.OwnershipContract;
import dev.guarded.testkit.contract.PermitsContract;
import dev.guarded.testkit.contract.ReadLockContract;
import dev.guarded.testkit.contract.RegistryContract;
import dev.guarded.testkit.contract.WaitingContract;
import org.junit.jupiter.api.Nested;

/** Every contract that needs no fault: in here nobody can cut the server's connections. */
class ServerContracts {

    @Nested
    class MutualExclusion extends MutualExclusionContract {

        @Override
        protected ServerCluster open() {
            return new ServerCluster();
        }
    }

    @Nested
    class Waiting extends WaitingContract {

        @Override
        protected ServerCluster open() {
            return new ServerCluster();
        }
    }

    @Nested
    class Ownership extends OwnershipContract {

        @Override
        protected ServerCluster open() {
            return new ServerCluster();
        }
    }

    @Nested
    class LeaseRenewal extends LeaseRenewalContract {

        @Override
        protected ServerCluster open() {
            return new ServerCluster();
        }
    }

    @Nested
    class Fencing extends FencingContract {

        @Override
        protected ServerCluster open() {
            return new ServerCluster();
        }
    }

    @Nested
    class ClusterExclusion extends ClusterExclusionContract {

        @Override
        protected ServerCluster open() {
            return new ServerCluster();
        }
    }

    @Nested
    class ClusterWaiting extends ClusterWaitingContract {

        @Override
        protected ServerCluster open() {
            return new ServerCluster();
        }
    }

    @Nested
    class ClusterFencing extends ClusterFencingContract {

        @Override
        protected ServerCluster open() {
            return new ServerCluster();
        }
    }

    @Nested
    class Registry extends RegistryContract {

        @Override
        protected ServerCluster open() {
            return new ServerCluster();
        }
    }

    @Nested
    class Names extends NamesContract {

        @Override
        protected ServerCluster open() {
            return new ServerCluster();
        }
    }

    @Nested
    class GuardedCall extends GuardedCallContract {

        @Override
        protected ServerCluster open() {
            return new ServerCluster();
        }
    }

    @Nested
    class LeaseSet extends LeaseSetContract {

        @Override
        protected ServerCluster open() {
            return new ServerCluster();
        }
    }

    @Nested
    class Async extends AsyncContract {

        @Override
        protected ServerCluster open() {
            return new ServerCluster();
        }
    }

    @Nested
    class ReadLock extends ReadLockContract {

        @Override
        protected ServerCluster open() {
            return new ServerCluster();
        }
    }

    @Nested
    class Permits extends PermitsContract {

        @Override
        protected ServerCluster open() {
            return new ServerCluster();
        }
    }
}
