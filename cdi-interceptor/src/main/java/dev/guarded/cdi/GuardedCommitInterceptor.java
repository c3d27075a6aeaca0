// SPDX-License-Identifier: Apache-2.0
package dev.guarded.cdi;

import jakarta.annotation.Priority;
import jakarta.interceptor.Interceptor;

/** Checks the transaction of a guarded method, whoever has begun it: an EJB's is none of {@code @Transactional}'s. */
@Guarded({})
@Interceptor
@Priority(CommitCheck.PRIORITY)
public class GuardedCommitInterceptor extends CommitCheck {

    private static final long serialVersionUID = 1L;

    /** Creates the interceptor of one bean instance. */
    public GuardedCommitInterceptor() {}
}
