// SPDX-License-Identifier: Apache-2.0
package dev.guarded.cdi;

import dev.guarded.lock.LeaseLostException;
import jakarta.interceptor.AroundInvoke;
import jakarta.interceptor.AroundTimeout;
import jakarta.interceptor.Interceptor;
import jakarta.interceptor.InvocationContext;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * Has a transaction that begins inside of a guard refuse to commit without the lease. Its interceptors stand inside of
 * {@code @Transactional}'s own, because there is nothing to bind a lease to before.
 */
abstract class CommitCheck implements Serializable {

    /** Next inside of {@code @Transactional}, whose priority is {@code PLATFORM_BEFORE + 200}. */
    static final int PRIORITY = Interceptor.Priority.PLATFORM_BEFORE + 300;

    private static final long serialVersionUID = 1L;

    /**
     * Runs a business or timeout method.
     *
     * @param call the call
     * @return what the method returned
     * @throws LeaseLostException if a lease is lost already; the method has not run
     * @throws Exception what the method threw
     */
    @AroundInvoke
    @AroundTimeout
    @Nullable
    Object around(InvocationContext call) throws Exception {
        CurrentLeases.answerForTransaction();
        return call.proceed();
    }
}
