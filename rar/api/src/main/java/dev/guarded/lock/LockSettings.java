// SPDX-License-Identifier: Apache-2.0
package dev.guarded.lock;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How a lock behaves. Immutable; each method that takes a value returns changed settings. What is left open is taken
 * from the adapter's defaults when the lock is created.
 */
public final class LockSettings {

    /** No limit: a wait that only a grant or an interruption ends. It must be written out; nothing stands for it. */
    public static final Duration UNLIMITED = Duration.ofSeconds(Long.MAX_VALUE);

    private static final Duration SHORTEST_LEASE = Duration.ofMillis(100);
    private static final Duration LONGEST_LEASE = Duration.ofHours(24);
    private static final Duration LONGEST_HOLD = Duration.ofDays(365);

    private static final int MOST_PERMITS = 10_000;

    private final Values values;

    /** What was set; null is left open. */
    private record Values(
            @Nullable Reach reach,
            @Nullable String key,
            @Nullable Duration leaseTime,
            @Nullable Duration maxHold,
            @Nullable Duration atLeastFor,
            @Nullable Integer permits,
            @Nullable Boolean barging) {}

    private LockSettings(Values values) {
        this.values = values;
    }

    /** {@return settings that leave everything, also the reach, to the adapter's defaults} */
    public static LockSettings defaults() {
        return new LockSettings(new Values(null, null, null, null, null, null, null));
    }

    /** {@return settings for a lock that excludes all JVMs that share the store} */
    public static LockSettings cluster() {
        return defaults().reach(Reach.CLUSTER);
    }

    /** {@return settings for a lock that excludes the threads of one JVM and needs no store} */
    public static LockSettings local() {
        return defaults().reach(Reach.LOCAL);
    }

    /**
     * Sets the reach.
     *
     * @param value how far the lock excludes
     * @return new settings with that value; these stay as they are
     */
    public LockSettings reach(Reach value) {
        return new LockSettings(new Values(
                Objects.requireNonNull(value, "reach"),
                values.key,
                values.leaseTime,
                values.maxHold,
                values.atLeastFor,
                values.permits,
                values.barging));
    }

    /**
     * Sets the store's name for the lock; default is the lock's name. Two names with one key are one lock.
     *
     * @param value the key, under the same rules as a lock's name
     * @return new settings with that value; these stay as they are
     */
    public LockSettings key(String value) {
        return new LockSettings(new Values(
                values.reach,
                Objects.requireNonNull(value, "key"),
                values.leaseTime,
                values.maxHold,
                values.atLeastFor,
                values.permits,
                values.barging));
    }

    /**
     * Sets how long a lease lasts without renewal, default 30 s: the time after which the others go on when a node
     * dies. While the owner lives, the lease is renewed every third of it.
     *
     * @param value from 100 ms to 24 h, in whole milliseconds
     * @return new settings with that value; these stay as they are
     * @throws IllegalArgumentException if the value is outside that range
     */
    public LockSettings leaseTime(Duration value) {
        return new LockSettings(new Values(
                values.reach,
                values.key,
                within("leaseTime", value, SHORTEST_LEASE, LONGEST_LEASE),
                values.maxHold,
                values.atLeastFor,
                values.permits,
                values.barging));
    }

    /**
     * Sets how long a lease is renewed at most, default 1 h. A lease whose {@code maxHold} equals its lease time is
     * never renewed in the background. A transaction that is committed before {@code maxHold} is over has a whole lease
     * time ahead, which may end that much later; a later one has what is left of that.
     *
     * @param value from 100 ms to 365 days, and not less than the lease time
     * @return new settings with that value; these stay as they are
     * @throws IllegalArgumentException if the value is outside that range
     */
    public LockSettings maxHold(Duration value) {
        return new LockSettings(new Values(
                values.reach,
                values.key,
                values.leaseTime,
                within("maxHold", value, SHORTEST_LEASE, LONGEST_HOLD),
                values.atLeastFor,
                values.permits,
                values.barging));
    }

    /**
     * Sets how long the lock stays taken after a grant even if it is released earlier, default zero. For jobs that
     * every node starts at the same tick: longer than the clocks of the nodes may differ.
     *
     * @param value from zero to 24 h
     * @return new settings with that value; these stay as they are
     * @throws IllegalArgumentException if the value is outside that range
     */
    public LockSettings atLeastFor(Duration value) {
        return new LockSettings(new Values(
                values.reach,
                values.key,
                values.leaseTime,
                values.maxHold,
                within("atLeastFor", value, Duration.ZERO, LONGEST_LEASE),
                values.permits,
                values.barging));
    }

    /**
     * Sets how many leases of the lock may live at the same time, default 1. With more than one the lock is a
     * semaphore whose permits are leases: each acquisition takes one, and a permit whose owner died comes back when
     * its lease ends. Every node must use the same number; while a change is rolled out, each node grants by its own.
     *
     * @param value from 1 to 10,000
     * @return new settings with that value; these stay as they are
     * @throws IllegalArgumentException if the value is outside that range
     */
    public LockSettings permits(int value) {
        if (value < 1 || value > MOST_PERMITS) {
            throw new IllegalArgumentException(
                    "GUARDED-0004 permits is " + value + "; it must be from 1 to " + MOST_PERMITS + ".");
        }
        return new LockSettings(new Values(
                values.reach, values.key, values.leaseTime, values.maxHold, values.atLeastFor, value, values.barging));
    }

    /**
     * Sets whether a thread that asks may take the lock before those of this JVM that wait already, default false.
     * Barging serves more acquisitions a second and serves them unevenly; other nodes are not passed over.
     *
     * @param value true for throughput, false for the order of arrival
     * @return new settings with that value; these stay as they are
     */
    public LockSettings barging(boolean value) {
        return new LockSettings(new Values(
                values.reach, values.key, values.leaseTime, values.maxHold, values.atLeastFor, values.permits, value));
    }

    /** {@return the reach, empty if it is left to the adapter} */
    public Optional<Reach> reach() {
        return Optional.ofNullable(values.reach);
    }

    /** {@return the store's name for the lock, empty if it is the lock's name} */
    public Optional<String> key() {
        return Optional.ofNullable(values.key);
    }

    /** {@return the lease time, empty if it is left to the adapter} */
    public Optional<Duration> leaseTime() {
        return Optional.ofNullable(values.leaseTime);
    }

    /** {@return how long a lease is renewed at most, empty if it is left to the adapter} */
    public Optional<Duration> maxHold() {
        return Optional.ofNullable(values.maxHold);
    }

    /** {@return how long the lock stays taken at least, empty if it was not set} */
    public Optional<Duration> atLeastFor() {
        return Optional.ofNullable(values.atLeastFor);
    }

    /** {@return how many leases may live at the same time, empty if it was not set, which means one} */
    public Optional<Integer> permits() {
        return Optional.ofNullable(values.permits);
    }

    /** {@return whether the order of arrival may be passed over, empty if it was not set, which means no} */
    public Optional<Boolean> barging() {
        return Optional.ofNullable(values.barging);
    }

    private static Duration within(String what, Duration value, Duration least, Duration most) {
        Objects.requireNonNull(value, what);
        if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
            throw new IllegalArgumentException(
                    "GUARDED-0004 " + what + " is " + value + "; it must be from " + least + " to " + most + ".");
        }
        return value;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof LockSettings that && values.equals(that.values);
    }

    @Override
    public int hashCode() {
        return values.hashCode();
    }

    @Override
    public String toString() {
        return "reach=" + shown(values.reach) + ", key=" + shown(values.key) + ", leaseTime=" + shown(values.leaseTime)
                + ", maxHold=" + shown(values.maxHold) + ", atLeastFor=" + shown(values.atLeastFor) + ", permits="
                + shown(values.permits) + ", barging=" + shown(values.barging);
    }

    private static String shown(@Nullable Object value) {
        return value == null ? "(default)" : value.toString();
    }
}
