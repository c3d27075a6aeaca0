// SPDX-License-Identifier: Apache-2.0
package dev.guarded.cdi;

import jakarta.annotation.Priority;
import jakarta.interceptor.Interceptor;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;

/** Checks a transaction that a guarded call has begun by hand, or in an EJB, before it calls a bean which needs one. */
@Transactional(TxType.MANDATORY)
@Interceptor
@Priority(CommitCheck.PRIORITY)
public class MandatoryCommitInterceptor extends CommitCheck {

    private static final long serialVersionUID = 1L;

    /** Creates the interceptor of one bean instance. */
    public MandatoryCommitInterceptor() {}
}
