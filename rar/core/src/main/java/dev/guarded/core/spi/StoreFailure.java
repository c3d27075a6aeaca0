// SPDX-License-Identifier: Apache-2.0
package dev.guarded.core.spi;

import org.jspecify.annotations.Nullable;

/** Thrown by a store that gave no answer or refused a command. The outcome of the command is unknown. */
public final class StoreFailure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final boolean retryable;

    /**
     * Creates the failure.
     *
     * @param message what happened, with the store's address and without any secret
     * @param retryable whether the same command may succeed later by itself
     * @param cause the client's exception, or null
     */
    public StoreFailure(String message, boolean retryable, @Nullable Throwable cause) {
        super(message, cause);
        this.retryable = retryable;
    }

    /** Tells whether the same command may succeed later by itself. */
    public boolean retryable() {
        return retryable;
    }
}
