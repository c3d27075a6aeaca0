// SPDX-License-Identifier: Apache-2.0
package dev.guarded.arquillian.broken;

import dev.guarded.cdi.Guarded;
import jakarta.enterprise.context.ApplicationScoped;

/** Writes its timeout as nobody can read it. */
@ApplicationScoped
public class UnreadableDuration {

    /** Never runs. */
    @Guarded(value = "orders", timeout = "30 secs")
    public void pay() {
        throw new IllegalStateException("ran");
    }
}
