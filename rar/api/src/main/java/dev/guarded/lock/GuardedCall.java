// SPDX-License-Identifier: Apache-2.0
package dev.guarded.lock;

import org.jspecify.annotations.Nullable;

/**
 * A body that runs under a lock.
 *
 * @param <T> what it returns
 * @param <X> the checked exception it may throw; {@code RuntimeException} if none
 */
@FunctionalInterface
public interface GuardedCall<T extends @Nullable Object, X extends Exception> {

    /**
     * Runs the body.
     *
     * @return its result
     * @throws X as the body decides; it reaches the caller of the guarded call unchanged
     */
    T call() throws X;
}
