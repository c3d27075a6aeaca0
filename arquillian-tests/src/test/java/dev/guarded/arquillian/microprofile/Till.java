// SPDX-License-Identifier: Apache-2.0
package dev.guarded.arquillian.microprofile;

import dev.guarded.cdi.Guarded;
import jakarta.enterprise.context.ApplicationScoped;

/** A guarded bean whose wait the application's configuration shortens. */
@ApplicationScoped
public class Till {

    /** Does nothing under its lock. */
    @Guarded(value = "till", timeout = "1m")
    public String open() {
        return "opened";
    }
}
