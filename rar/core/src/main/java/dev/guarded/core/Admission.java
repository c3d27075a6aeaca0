// SPDX-License-Identifier: Apache-2.0
package dev.guarded.core;

import dev.guarded.core.spi.StoreFailure;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Lets in as many callers at once as the pool has connections, in order of arrival and under each caller's own
 * deadline, because a server's pool blocks without one.
 */
final class Admission {

    private final Semaphore permits;
    private final int most;

    Admission(int most) {
        this.most = most;
        this.permits = new Semaphore(most, true);
    }

    /**
     * Waits for a place.
     *
     * @throws StoreFailure if there was none in time, or the thread was interrupted, whose flag is set again
     */
    void enter(long nanos) {
        if (enterAtOnce()) {
            return;
        }
        try {
            if (permits.tryAcquire(nanos, TimeUnit.NANOSECONDS)) {
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw StoreFailure.unsent("interrupted while all " + most + " connections were in use", true, e);
        }
        throw StoreFailure.unsent(
                "all " + most + " connections were in use for the whole wait; raise maxInFlight and the pool's size"
                        + " together, or wait longer",
                true,
                null);
    }

    /** Enters if nobody has to wait, whether or not the thread is interrupted: its flag ends waits, and nothing else. */
    private boolean enterAtOnce() {
        boolean interrupted = Thread.interrupted();
        try {
            return permits.tryAcquire(0, TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            interrupted = true;
            return false;
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    void leave() {
        permits.release();
    }
}
