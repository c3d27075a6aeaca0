// SPDX-License-Identifier: Apache-2.0
package dev.guarded.lock.spi;

/**
 * The door through which an application tells an engine of its own beginning and end. Applications go by their name,
 * {@code java:app/AppName}; one without a name never comes to an end here. No method throws on account of a store, and
 * calling one again does nothing more.
 */
public interface ApplicationGate {

    /**
     * Lets an application acquire locks, which every application may that was never closed.
     *
     * @param application its name
     */
    void openFor(String application);

    /**
     * Wakes everybody of an application who waits for a lock, and refuses further acquisitions: both get an
     * {@code IllegalStateException} and hold nothing. Whoever has a lock keeps it, and may still join it.
     *
     * @param application its name
     */
    void closeFor(String application);

    /**
     * Ends every lease of an application, after {@link #closeFor}. Its owners see {@code isHeld} false and are told of
     * the loss. A lease that nothing uses any more is released; one under which a guarded method, its stage, its
     * transaction or its request still runs is not renewed any more, and released when that has ended, or runs out.
     *
     * @param application its name
     */
    void endLeasesOf(String application);
}
