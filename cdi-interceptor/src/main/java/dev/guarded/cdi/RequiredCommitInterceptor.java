// SPDX-License-Identifier: Apache-2.0
package dev.guarded.cdi;

import jakarta.annotation.Priority;
import jakarta.interceptor.Interceptor;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;

/** Checks a transaction that a guarded call begins further inside, in a bean which need not know of the lock. */
@Transactional(TxType.REQUIRED)
@Interceptor
@Priority(CommitCheck.PRIORITY)
public class RequiredCommitInterceptor extends CommitCheck {

    private static final long serialVersionUID = 1L;

    /** Creates the interceptor of one bean instance. */
    public RequiredCommitInterceptor() {}
}
