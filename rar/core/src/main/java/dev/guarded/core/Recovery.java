// SPDX-License-Identifier: Apache-2.0
package dev.guarded.core;

import dev.guarded.core.spi.ReleaseCommand;
import dev.guarded.core.spi.StoreFailure;
import java.time.Duration;

/**
 * Gives back, in the background, what a caller could not: places of waiters that gave up, grants nobody wants, locks
 * whose release was not answered. Each is repeated until the store answers or the grant has ended by itself.
 */
final class Recovery {

    private static final Duration FIRST_PAUSE = Duration.ofMillis(20);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(1);

    private final ClusterReach cluster;

    Recovery(ClusterReach cluster) {
        this.cluster = cluster;
    }

    /** Gives back whatever the token has or will get; returns at once. */
    void release(StoreKey key, String token) {
        cluster.tokens().releasing(token);
        long end = cluster.ticker().nanos() + 2 * key.leaseTime().toNanos();
        cluster.scheduler().execute(() -> attempt(key.key(), token, end, FIRST_PAUSE));
    }

    /** Gives back whatever the token has, once, without waiting for the background. */
    void releaseNow(StoreKey key, String token) {
        try {
            cluster.store()
                    .release(new ReleaseCommand(
                            key.key(), token, cluster.tokens().highestFence(), Duration.ZERO, true, false));
        } catch (StoreFailure unanswered) {
            // It ends by itself, at the latest when a lease time has passed.
            Failures.LOG.log(
                    System.Logger.Level.DEBUG,
                    "GUARDED-0204 A place was not given back at the stop: " + unanswered.getMessage());
        }
    }

    private void attempt(String key, String token, long end, Duration pause) {
        try {
            cluster.store()
                    .release(new ReleaseCommand(
                            key, token, cluster.tokens().highestFence(), Duration.ZERO, true, false));
            cluster.tokens().forget(token);
        } catch (StoreFailure failure) {
            if (cluster.ticker().nanos() - end > 0) {
                cluster.tokens().forget(token);
                return;
            }
            Duration next = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : LONGEST_PAUSE;
            cluster.scheduler().schedule(() -> attempt(key, token, end, next), pause);
        }
    }
}
