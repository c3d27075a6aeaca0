// SPDX-License-Identifier: Apache-2.0
package dev.guarded.cdi;

import jakarta.annotation.Priority;
import jakarta.interceptor.Interceptor;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;

/** Checks the new transaction of a bean that a guarded call calls, also while another one is suspended. */
@Transactional(TxType.REQUIRES_NEW)
@Interceptor
@Priority(CommitCheck.PRIORITY)
public class RequiresNewCommitInterceptor extends CommitCheck {

    private static final long serialVersionUID = 1L;

    /** Creates the interceptor of one bean instance. */
    public RequiresNewCommitInterceptor() {}
}
