// SPDX-License-Identifier: Apache-2.0
package dev.guarded.cdi;

import dev.guarded.lock.LockNotGrantedException;
import jakarta.ejb.ApplicationException;

/**
 * Thrown when a lock was not granted to a guarded call. Catch it as {@link LockNotGrantedException}: this class only
 * brings the annotation by which a caller of an EJB sees it unwrapped. The method has not run; the caller's transaction
 * is not marked for rollback, so that it may do something else instead.
 */
@ApplicationException(rollback = false)
public final class GuardedNotGrantedException extends LockNotGrantedException {

    private static final long serialVersionUID = 1L;

    GuardedNotGrantedException(LockNotGrantedException origin) {
        super(
                Translation.text(origin),
                origin.lockName(),
                origin.waited(),
                origin.holder().orElse(null),
                origin.waiters());
        setStackTrace(origin.getStackTrace());
    }
}
