// SPDX-License-Identifier: Apache-2.0
package dev.guarded.redis.chaos;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** The monotonic clock, which all processes of one Linux machine share. */
final class Moments {

    private Moments() {}

    static long now() {
        return System.nanoTime();
    }

    /** Lets real time pass: other processes work meanwhile, and no event of theirs is waited for. */
    static void pass(Duration time) {
        passUntil(now() + time.toNanos());
    }

    static void passUntil(long moment) {
        for (long left = moment - now(); left > 0; left = moment - now()) {
            LockSupport.parkNanos(left);
        }
    }
}
