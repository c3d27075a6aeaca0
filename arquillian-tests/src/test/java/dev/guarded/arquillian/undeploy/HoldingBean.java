// SPDX-License-Identifier: Apache-2.0
package dev.guarded.arquillian.undeploy;

import dev.guarded.cdi.Guarded;
import jakarta.enterprise.context.ApplicationScoped;

/** A bean whose running calls no server waits for. */
@ApplicationScoped
public class HoldingBean {

    /** Holds the lock until the test says so. */
    @Guarded(value = "held:#{number}", timeout = "2m")
    public void hold(int number, Events events) {
        events.note("begin " + number);
        events.awaitEnd();
        events.note("end " + number);
    }

    /** Has the lock for a moment. */
    @Guarded(value = "held:#{number}", timeout = "2m")
    public void pass(int number, Events events) {
        events.note("next " + number);
    }
}
