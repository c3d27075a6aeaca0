// SPDX-License-Identifier: Apache-2.0
package dev.guarded.cdi;

import dev.guarded.lock.AcquireInterruptedException;
import jakarta.ejb.ApplicationException;

/**
 * Thrown when a guarded call was interrupted while it waited. Catch it as {@link AcquireInterruptedException}: this
 * class only brings the annotation by which a caller of an EJB sees it unwrapped. The method has not run; the caller's
 * transaction is rolled back, since whoever interrupts wants the work to end.
 */
@ApplicationException(rollback = true)
public final class GuardedInterruptedException extends AcquireInterruptedException {

    private static final long serialVersionUID = 1L;

    GuardedInterruptedException(AcquireInterruptedException origin) {
        super(Translation.text(origin), origin.lockName());
        setStackTrace(origin.getStackTrace());
    }
}
