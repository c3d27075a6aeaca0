// SPDX-License-Identifier: Apache-2.0
package dev.guarded.lock;

/**
 * Thrown when a lease ended while its owner thought it lived: it ran out unrenewed, its lock was freed by force, the
 * store lost its data, or it reached {@code maxHold}.
 *
 * <p>Somebody else may hold the lock by now, and is not disturbed. What the owner did since the loss may have
 * overlapped with the next owner's work; only a resource that checks {@link #fencingToken()} can have refused it.
 */
public class LeaseLostException extends LockException {

    private static final long serialVersionUID = 1L;

    private final long fencingToken;

    /**
     * Creates the exception.
     *
     * @param message what happened, and what the reader can do about it
     * @param lockName the lock concerned
     * @param fencingToken the token of the lost lease
     */
    public LeaseLostException(String message, String lockName, long fencingToken) {
        super(message, lockName, null);
        this.fencingToken = fencingToken;
    }

    /** {@return the fencing token of the lost lease} */
    public long fencingToken() {
        return fencingToken;
    }
}
