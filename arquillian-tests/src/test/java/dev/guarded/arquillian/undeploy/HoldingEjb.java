// SPDX-License-Identifier: Apache-2.0
package dev.guarded.arquillian.undeploy;

import dev.guarded.cdi.Guarded;
import jakarta.ejb.Stateless;

/** An EJB, for whose running calls a server may wait. */
@Stateless
public class HoldingEjb {

    /** Holds the lock until the test says so. */
    @Guarded(value = "held:#{number}", timeout = "2m")
    public void hold(int number, Events events) {
        events.note("begin " + number);
        events.awaitEnd();
        events.note("end " + number);
    }
}
