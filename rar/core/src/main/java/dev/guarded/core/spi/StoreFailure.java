// SPDX-License-Identifier: Apache-2.0
package dev.guarded.core.spi;

import org.jspecify.annotations.Nullable;

/** Thrown by a store that gave no answer or refused a command. The outcome of the command is unknown if it was sent. */
public final class StoreFailure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final boolean retryable;
    private final boolean sent;

    /**
     * Creates the failure of a command that the store may have executed.
     *
     * @param message what happened, with the store's address and without any secret
     * @param retryable whether the same command may succeed later by itself
     * @param cause the client's exception, or null
     */
    public StoreFailure(String message, boolean retryable, @Nullable Throwable cause) {
        this(message, retryable, true, cause);
    }

    private StoreFailure(String message, boolean retryable, boolean sent, @Nullable Throwable cause) {
        super(message, cause);
        this.retryable = retryable;
        this.sent = sent;
    }

    /**
     * Creates the failure of a command that never left: nothing has changed at the store.
     *
     * @param message what happened, with the store's address and without any secret
     * @param retryable whether the same command may succeed later by itself
     * @param cause the client's exception, or null
     */
    public static StoreFailure unsent(String message, boolean retryable, @Nullable Throwable cause) {
        return new StoreFailure(message, retryable, false, cause);
    }

    /**
     * Returns the same failure for a command of which more is known.
     *
     * @param changed whether the store may have executed the command; false if it never left
     * @return this failure if it says so already, otherwise one with the same text and cause
     */
    public StoreFailure withSent(boolean changed) {
        return sent == changed ? this : new StoreFailure(String.valueOf(getMessage()), retryable, changed, getCause());
    }

    /** Tells whether the store may have executed the command. */
    public boolean sent() {
        return sent;
    }

    /** Tells whether the same command may succeed later by itself. */
    public boolean retryable() {
        return retryable;
    }
}
