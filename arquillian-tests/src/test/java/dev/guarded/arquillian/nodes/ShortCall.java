// SPDX-License-Identifier: Apache-2.0
package dev.guarded.arquillian.nodes;

import dev.guarded.cdi.Guarded;
import jakarta.ejb.Stateless;

/** Work that waits for its lock longer than it takes. */
@Stateless
public class ShortCall {

    /** Notes that it has the lock. */
    @Guarded(value = "call:#{number}", timeout = "2m")
    public void pass(long number) {
        CallsResource.BOARD.write("passes", Board.here(), number);
    }
}
