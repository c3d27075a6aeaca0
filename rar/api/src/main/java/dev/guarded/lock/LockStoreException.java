// SPDX-License-Identifier: Apache-2.0
package dev.guarded.lock;

import org.jspecify.annotations.Nullable;

/**
 * Thrown when the store gave no answer or refused the command, so that it is not known whether the lock is free.
 *
 * <p>The caller holds nothing and its body has not run. Where the outcome of a command is unknown, it is undone in the
 * background; a grant that nobody knows of ends at the latest one lease time after it was made.
 */
public class LockStoreException extends LockException {

    private static final long serialVersionUID = 1L;

    private final boolean retryable;

    /**
     * Creates the exception.
     *
     * @param message what happened, with the store's address and without any secret
     * @param lockName the lock concerned
     * @param retryable whether the same call may succeed later without anybody changing a setting
     * @param cause the client's exception, or null
     */
    public LockStoreException(String message, String lockName, boolean retryable, @Nullable Throwable cause) {
        super(message, lockName, cause);
        this.retryable = retryable;
    }

    /**
     * Tells whether the same call may succeed later by itself: true for an unreachable, loading or overloaded store,
     * false for a refused password, missing permission or foreign value at the lock's key.
     *
     * @return whether trying again makes sense
     */
    public boolean retryable() {
        return retryable;
    }
}
