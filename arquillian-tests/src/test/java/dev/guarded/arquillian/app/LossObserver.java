// SPDX-License-Identifier: Apache-2.0
package dev.guarded.arquillian.app;

import dev.guarded.lock.event.LeaseLost;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.ObservesAsync;
import jakarta.inject.Inject;

/** Hears of every lease that the application loses. */
@ApplicationScoped
public class LossObserver {

    @Inject
    Traces traces;

    /** Notes the token of what was lost. */
    void hear(@ObservesAsync LeaseLost event) {
        traces.note("loss of " + event.lockName(), "token " + event.fencingToken());
    }
}
