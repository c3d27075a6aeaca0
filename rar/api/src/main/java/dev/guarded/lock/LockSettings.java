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

    private final @Nullable Reach reach;
    private final @Nullable String key;
    private final @Nullable Duration leaseTime;
    private final @Nullable Duration maxHold;
    private final @Nullable Duration atLeastFor;

    private LockSettings(
            @Nullable Reach reach,
            @Nullable String key,
            @Nullable Duration leaseTime,
            @Nullable Duration maxHold,
            @Nullable Duration atLeastFor) {
        this.reach = reach;
        this.key = key;
        this.leaseTime = leaseTime;
        this.maxHold = maxHold;
        this.atLeastFor = atLeastFor;
    }

    /** {@return settings that leave everything, also the reach, to the adapter's defaults} */
    public static LockSettings defaults() {
        return new LockSettings(null, null, null, null, null);
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
        return new LockSettings(Objects.requireNonNull(value, "reach"), key, leaseTime, maxHold, atLeastFor);
    }

    /**
     * Sets the store's name for the lock; default is the lock's name. Two names with one key are one lock.
     *
     * @param value the key, under the same rules as a lock's name
     * @return new settings with that value; these stay as they are
     */
    public LockSettings key(String value) {
        return new LockSettings(reach, Objects.requireNonNull(value, "key"), leaseTime, maxHold, atLeastFor);
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
        return new LockSettings(
                reach, key, within("leaseTime", value, SHORTEST_LEASE, LONGEST_LEASE), maxHold, atLeastFor);
    }

    /**
     * Sets how long a lease is renewed at most, default 1 h. A lease whose {@code maxHold} equals its lease time is
     * never renewed.
     *
     * @param value from 100 ms to 365 days, and not less than the lease time
     * @return new settings with that value; these stay as they are
     * @throws IllegalArgumentException if the value is outside that range
     */
    public LockSettings maxHold(Duration value) {
        return new LockSettings(
                reach, key, leaseTime, within("maxHold", value, SHORTEST_LEASE, LONGEST_HOLD), atLeastFor);
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
        return new LockSettings(
                reach, key, leaseTime, maxHold, within("atLeastFor", value, Duration.ZERO, LONGEST_LEASE));
    }

    /** {@return the reach, empty if it is left to the adapter} */
    public Optional<Reach> reach() {
        return Optional.ofNullable(reach);
    }

    /** {@return the store's name for the lock, empty if it is the lock's name} */
    public Optional<String> key() {
        return Optional.ofNullable(key);
    }

    /** {@return the lease time, empty if it is left to the adapter} */
    public Optional<Duration> leaseTime() {
        return Optional.ofNullable(leaseTime);
    }

    /** {@return how long a lease is renewed at most, empty if it is left to the adapter} */
    public Optional<Duration> maxHold() {
        return Optional.ofNullable(maxHold);
    }

    /** {@return how long the lock stays taken at least, empty if it was not set} */
    public Optional<Duration> atLeastFor() {
        return Optional.ofNullable(atLeastFor);
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
        return other instanceof LockSettings that
                && reach == that.reach
                && Objects.equals(key, that.key)
                && Objects.equals(leaseTime, that.leaseTime)
                && Objects.equals(maxHold, that.maxHold)
                && Objects.equals(atLeastFor, that.atLeastFor);
    }

    @Override
    public int hashCode() {
        return Objects.hash(reach, key, leaseTime, maxHold, atLeastFor);
    }

    @Override
    public String toString() {
        return "reach=" + shown(reach) + ", key=" + shown(key) + ", leaseTime=" + shown(leaseTime) + ", maxHold="
                + shown(maxHold) + ", atLeastFor=" + shown(atLeastFor);
    }

    private static String shown(@Nullable Object value) {
        return value == null ? "(default)" : value.toString();
    }
}
