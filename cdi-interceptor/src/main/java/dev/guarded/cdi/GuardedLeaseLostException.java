// SPDX-License-Identifier: Apache-2.0
package dev.guarded.cdi;

import dev.guarded.lock.LeaseLostException;
import jakarta.ejb.ApplicationException;

/**
 * Thrown when the lease of a guarded call was lost. Catch it as {@link LeaseLostException}: this class only brings the
 * annotation by which a caller of an EJB sees it unwrapped, and which rolls the transaction back.
 */
@ApplicationException(rollback = true)
public final class GuardedLeaseLostException extends LeaseLostException {

    private static final long serialVersionUID = 1L;

    GuardedLeaseLostException(LeaseLostException origin) {
        super(Translation.text(origin), origin.lockName(), origin.fencingToken());
        setStackTrace(origin.getStackTrace());
    }
}
