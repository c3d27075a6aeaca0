// SPDX-License-Identifier: Apache-2.0
package dev.guarded.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.guarded.lock.Lease;
import dev.guarded.lock.LeaseLostException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** What one listener has heard about the loss of one lease. */
final class Losses {

    private final Lease lease;
    private final List<LeaseLostException> heard = new CopyOnWriteArrayList<>();

    private Losses(Lease lease) {
        this.lease = lease;
    }

    static Losses of(Lease lease) {
        Losses losses = new Losses(lease);
        lease.onLost(losses.heard::add);
        return losses;
    }

    /** Waits for the news, and asserts that it names the lease. */
    void awaitNews() {
        Contract.eventually().until(() -> !heard.isEmpty());
        assertOnce();
        assertThat(heard.get(0).lockName()).isEqualTo(lease.name());
        assertThat(heard.get(0).fencingToken()).isEqualTo(lease.fencingToken());
        assertThat(heard.get(0)).hasMessageContaining(lease.name()).hasMessageStartingWith("GUARDED-");
    }

    void assertOnce() {
        assertThat(heard).as("losses of %s", lease).hasSize(1);
    }

    void assertNone() {
        assertThat(heard).as("losses of %s", lease).isEmpty();
    }
}
