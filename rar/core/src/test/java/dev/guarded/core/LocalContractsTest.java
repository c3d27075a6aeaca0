// SPDX-License-Identifier: Apache-2.0
package dev.guarded.core;

import dev.guarded.testkit.contract.AsyncContract;
import dev.guarded.testkit.contract.BargingContract;
import dev.guarded.testkit.contract.CleanUpContract;
import dev.guarded.testkit.contract.FencingContract;
import dev.guarded.testkit.contract.ForcedReleaseContract;
import dev.guarded.testkit.contract.GuardedCallContract;
import dev.guarded.testkit.contract.LeaseRenewalContract;
import dev.guarded.testkit.contract.LeaseSetContract;
import dev.guarded.testkit.contract.MutualExclusionContract;
import dev.guarded.testkit.contract.NamesContract;
import dev.guarded.testkit.contract.OwnershipContract;
import dev.guarded.testkit.contract.PermitsContract;
import dev.guarded.testkit.contract.ReadLockContract;
import dev.guarded.testkit.contract.RegistryContract;
import dev.guarded.testkit.contract.ShutdownContract;
import dev.guarded.testkit.contract.ThreadsContract;
import dev.guarded.testkit.contract.WaitingContract;
import org.junit.jupiter.api.Nested;

/** Holds locks of reach LOCAL to the contracts that one lock manager can be held to. */
class LocalContractsTest {

    @Nested
    class MutualExclusion extends MutualExclusionContract {

        @Override
        protected LocalSite open() {
            return new LocalSite();
        }
    }

    @Nested
    class Waiting extends WaitingContract {

        @Override
        protected LocalSite open() {
            return new LocalSite();
        }
    }

    @Nested
    class Ownership extends OwnershipContract {

        @Override
        protected LocalSite open() {
            return new LocalSite();
        }
    }

    @Nested
    class LeaseRenewal extends LeaseRenewalContract {

        @Override
        protected LocalSite open() {
            return new LocalSite();
        }
    }

    @Nested
    class Fencing extends FencingContract {

        @Override
        protected LocalSite open() {
            return new LocalSite();
        }
    }

    @Nested
    class CleanUp extends CleanUpContract {

        @Override
        protected LocalSite open() {
            return new LocalSite();
        }
    }

    @Nested
    class Shutdown extends ShutdownContract {

        @Override
        protected LocalSite open() {
            return new LocalSite();
        }
    }

    @Nested
    class Registry extends RegistryContract {

        @Override
        protected LocalSite open() {
            return new LocalSite();
        }
    }

    @Nested
    class Names extends NamesContract {

        @Override
        protected LocalSite open() {
            return new LocalSite();
        }
    }

    @Nested
    class GuardedCall extends GuardedCallContract {

        @Override
        protected LocalSite open() {
            return new LocalSite();
        }
    }

    @Nested
    class LeaseSet extends LeaseSetContract {

        @Override
        protected LocalSite open() {
            return new LocalSite();
        }
    }

    @Nested
    class Async extends AsyncContract {

        @Override
        protected LocalSite open() {
            return new LocalSite();
        }
    }

    @Nested
    class ReadLock extends ReadLockContract {

        @Override
        protected LocalSite open() {
            return new LocalSite();
        }
    }

    @Nested
    class Permits extends PermitsContract {

        @Override
        protected LocalSite open() {
            return new LocalSite();
        }
    }

    @Nested
    class Barging extends BargingContract {

        @Override
        protected LocalSite open() {
            return new LocalSite();
        }
    }

    @Nested
    class ForcedRelease extends ForcedReleaseContract {

        @Override
        protected LocalSite open() {
            return new LocalSite();
        }
    }

    @Nested
    class Threads extends ThreadsContract {

        @Override
        protected LocalSite open() {
            return new LocalSite();
        }
    }
}
