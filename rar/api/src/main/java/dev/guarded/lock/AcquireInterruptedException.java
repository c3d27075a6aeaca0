// SPDX-License-Identifier: Apache-2.0
package dev.guarded.lock;

/**
 * Thrown when the thread was interrupted while it waited for a lock.
 *
 * <p>The thread's interrupt flag is set again. Nothing is left behind: a grant that crosses the interruption is given
 * back.
 */
public class AcquireInterruptedException extends LockException {

    private static final long serialVersionUID = 1L;

    /**
     * Creates the exception.
     *
     * @param message what happened
     * @param lockName the lock waited for
     */
    public AcquireInterruptedException(String message, String lockName) {
        super(message, lockName, null);
    }
}
