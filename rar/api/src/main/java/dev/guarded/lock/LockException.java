// SPDX-License-Identifier: Apache-2.0
package dev.guarded.lock;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The root of everything that can go wrong with a lock once its arguments are valid.
 *
 * <p>Unchecked on purpose: a container commits when a checked exception leaves a business method, and half-done work
 * must not be committed by accident.
 */
public abstract class LockException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String lockName;

    /**
     * Creates the exception.
     *
     * @param message what happened, with what the reader can do about it
     * @param lockName the lock concerned
     * @param cause what led to it, or null
     */
    protected LockException(String message, String lockName, @Nullable Throwable cause) {
        super(message, cause);
        this.lockName = Objects.requireNonNull(lockName, "lockName");
    }

    /** {@return the name of the lock concerned, exactly as the application gave it} */
    public String lockName() {
        return lockName;
    }
}
