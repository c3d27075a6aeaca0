// SPDX-License-Identifier: Apache-2.0
package dev.guarded.arquillian.watch;

import jakarta.ejb.AsyncResult;
import jakarta.ejb.Asynchronous;
import jakarta.ejb.Stateless;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** Tasks that meet, so that each of them has a thread of its own. */
@Stateless
public class Crowd {

    private static final long PATIENCE_SECONDS = 30;

    /** Waits until all are there. */
    @Asynchronous
    public Future<Integer> meet(CyclicBarrier all) throws Exception {
        return new AsyncResult<>(all.await(PATIENCE_SECONDS, TimeUnit.SECONDS));
    }
}
