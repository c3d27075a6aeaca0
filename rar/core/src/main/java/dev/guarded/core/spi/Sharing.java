// SPDX-License-Identifier: Apache-2.0
package dev.guarded.core.spi;

/**
 * How a lease shares its lock with others.
 *
 * @param most 0 for a lease that has the lock alone; otherwise how many leases may live at once if this is one of them
 */
public record Sharing(int most) {

    /** The lease excludes every other. */
    public static final Sharing ALONE = new Sharing(0);

    /** The lease excludes only those that have the lock alone. */
    public static final Sharing READING = new Sharing(Integer.MAX_VALUE);

    /** {@return whether other leases may live beside this one} */
    public boolean shared() {
        return most > 0;
    }

    /** Tells whether so many leases that share the lock leave room for this one. */
    public boolean fitsBeside(int sharers) {
        return shared() ? sharers < most : sharers == 0;
    }
}
