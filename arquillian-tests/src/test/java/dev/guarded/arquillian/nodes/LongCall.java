// SPDX-License-Identifier: Apache-2.0
package dev.guarded.arquillian.nodes;

import dev.guarded.cdi.Guarded;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Work that does not end by itself. */
@ApplicationScoped
public class LongCall {

    private static final long MINUTES = 5;

    /** Works for longer than anybody waits for it. */
    @Guarded("call:#{number}")
    public void work(long number) throws InterruptedException {
        CallsResource.BOARD.write("works", Board.here(), number);
        if (new CountDownLatch(1).await(MINUTES, TimeUnit.MINUTES)) {
            throw new IllegalStateException("nobody counts it down");
        }
    }
}
