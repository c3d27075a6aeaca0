// SPDX-License-Identifier: Apache-2.0
package dev.guarded.core;

import dev.guarded.core.spi.ReleaseCommand;
import dev.guarded.core.spi.StoreFailure;
import java.time.Duration;
import java.util.List;

/**
 * Gives back, in the background, what a caller could not: places of waiters that gave up, grants nobody wants, locks
 * whose release was not answered. Each is repeated until the store answers or the grant has ended by itself. What a
 * late copy of a command may have taken is released twice, and that is not repeated.
 */
final class Recovery {

    private static final Duration FIRST_PAUSE = Duration.ofMillis(20);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(1);

    /** Commands overtake one another by milliseconds, or by as long as a lost packet takes to be sent again. */
    private static final List<Duration> LATE = List.of(Duration.ofMillis(100), Duration.ofSeconds(1));

    private final ClusterReach cluster;

    Recovery(ClusterReach cluster) {
        this.cluster = cluster;
    }

    /** Gives back whatever the token has or will get; returns at once. */
    void release(StoreKey key, String token) {
        cluster.tokens().releasing(token);
        long end = cluster.ticker().nanos() + 2 * key.leaseTime().toNanos();
        cluster.scheduler().execute(() -> attempt(key, token, end, FIRST_PAUSE));
    }

    /** Gives back whatever the token has, once, without waiting for the background. */
    void releaseNow(StoreKey key, String token) {
        try {
            giveBack(key, token);
        } catch (StoreFailure unanswered) {
            // It ends by itself, at the latest when a lease time has passed.
            Failures.LOG.log(
                    System.Logger.Level.DEBUG,
                    "GUARDED-0204 A place was not given back at the stop: " + unanswered.getMessage());
        }
    }

    private void attempt(StoreKey key, String token, long end, Duration pause) {
        try {
            giveBack(key, token);
            cluster.forget(key, token);
        } catch (StoreFailure failure) {
            if (cluster.ticker().nanos() - end > 0) {
                cluster.tokens().forget(token);
                return;
            }
            Duration next = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : LONGEST_PAUSE;
            cluster.scheduler().schedule(() -> attempt(key, token, end, next), pause);
        }
    }

    /**
     * Gives back, some time from now, what a token was granted or queued for by a copy of a command that was still under
     * way when it gave everything back. One that comes later still has what it got for a lease time.
     */
    void releaseLate(StoreKey key, String token) {
        for (Duration pause : LATE) {
            cluster.scheduler().schedule(() -> attemptOnce(key, token), pause);
        }
    }

    private void attemptOnce(StoreKey key, String token) {
        try {
            giveBack(key, token);
        } catch (StoreFailure unanswered) {
            Failures.LOG.log(
                    System.Logger.Level.DEBUG,
                    "GUARDED-0213 Whether a late copy of a command took something is not known: "
                            + unanswered.getMessage());
        }
    }

    private void giveBack(StoreKey key, String token) {
        cluster.store()
                .release(new ReleaseCommand(
                        key.key(), token, cluster.tokens().highestFence(), Duration.ZERO, true, false));
    }
}
