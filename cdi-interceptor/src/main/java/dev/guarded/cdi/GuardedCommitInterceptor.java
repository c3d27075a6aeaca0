// SPDX-License-Identifier: Apache-2.0
package dev.guarded.cdi;

import dev.guarded.lock.LeaseLostException;
import jakarta.annotation.Priority;
import jakarta.interceptor.AroundInvoke;
import jakarta.interceptor.AroundTimeout;
import jakarta.interceptor.Interceptor;
import jakarta.interceptor.InvocationContext;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * Has a transaction that begins inside of the guard refuse to commit without the lease. Inside {@code @Transactional},
 * whose priority is {@code PLATFORM_BEFORE + 200}, because there is nothing to bind the lease to before.
 */
@Guarded({})
@Interceptor
@Priority(Interceptor.Priority.PLATFORM_BEFORE + 300)
public class GuardedCommitInterceptor implements Serializable {

    private static final long serialVersionUID = 1L;

    /** Creates the interceptor of one bean instance. */
    public GuardedCommitInterceptor() {}

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
