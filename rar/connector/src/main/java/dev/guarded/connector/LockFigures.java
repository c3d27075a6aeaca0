// SPDX-License-Identifier: Apache-2.0
package dev.guarded.connector;

import dev.guarded.core.LockStatistics;
import dev.guarded.lock.NamedLock;
import java.time.Duration;

/** One lock's row of {@link LockManagerMXBean#getLocks}: what happened to it in this JVM. */
public final class LockFigures {

    private final String name;
    private final String reach;
    private final LockStatistics figures;

    private final int waiters;

    LockFigures(NamedLock lock, LockStatistics figures, int waiters) {
        this.waiters = waiters;
        this.name = lock.name();
        this.reach = lock.reach().name();
        this.figures = figures;
    }

    /** {@return the lock's name} */
    public String getName() {
        return name;
    }

    /** {@return how far it excludes, {@code LOCAL} or {@code CLUSTER}} */
    public String getReach() {
        return reach;
    }

    /** {@return how many leases were granted} */
    public long getGrants() {
        return figures.grants();
    }

    /** {@return how many of them were waited for} */
    public long getWaits() {
        return figures.waits();
    }

    /** {@return how many wait for it in this JVM now} */
    public int getWaiters() {
        return waiters;
    }

    /** {@return how long those who waited did so on average, 0 without any} */
    public double getAverageWaitMillis() {
        return averageMillis(figures.totalWait(), figures.waits());
    }

    /** {@return the longest of these waits} */
    public double getLongestWaitMillis() {
        return millis(figures.longestWait());
    }

    /** {@return how many acquisitions ended without the lock because it was taken, or their time was up} */
    public long getNotGranted() {
        return figures.notGranted();
    }

    /** {@return how long the leases that were released had the lock on average, 0 without any} */
    public double getAverageHoldMillis() {
        return averageMillis(figures.totalHold(), figures.releases());
    }

    /** {@return the longest time that a released lease had the lock} */
    public double getLongestHoldMillis() {
        return millis(figures.longestHold());
    }

    /** {@return how many leases were lost} */
    public long getLosses() {
        return figures.losses();
    }

    static double millis(Duration duration) {
        return duration.toNanos() / 1e6;
    }

    static double averageMillis(Duration total, long count) {
        return count == 0 ? 0 : millis(total) / count;
    }
}
