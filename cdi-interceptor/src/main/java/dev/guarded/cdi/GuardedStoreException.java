// SPDX-License-Identifier: Apache-2.0
package dev.guarded.cdi;

import dev.guarded.lock.LockStoreException;
import jakarta.ejb.ApplicationException;

/**
 * Thrown when the store gave a guarded call no answer. Catch it as {@link LockStoreException}: this class only brings
 * the annotation by which a caller of an EJB sees it unwrapped, and which rolls the transaction back.
 */
@ApplicationException(rollback = true)
public final class GuardedStoreException extends LockStoreException {

    private static final long serialVersionUID = 1L;

    GuardedStoreException(LockStoreException origin) {
        super(Translation.text(origin), origin.lockName(), origin.retryable(), origin.getCause());
        setStackTrace(origin.getStackTrace());
    }
}
