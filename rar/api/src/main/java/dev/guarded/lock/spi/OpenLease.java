// SPDX-License-Identifier: Apache-2.0
package dev.guarded.lock.spi;

/** A lease that the code of an application has to close. */
public interface OpenLease {

    /** {@return the name of the lock} */
    String name();

    /**
     * Ends its owner's use of it, as {@code close} does, because the scope that acquired it has ended: a transaction that
     * has not completed keeps the lock until it has. Does nothing if it was closed or detached. Never throws.
     */
    void endWithScope();
}
