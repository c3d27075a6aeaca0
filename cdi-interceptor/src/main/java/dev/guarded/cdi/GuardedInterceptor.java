// SPDX-License-Identifier: Apache-2.0
package dev.guarded.cdi;

import jakarta.annotation.Priority;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.enterprise.inject.spi.CDI;
import jakarta.inject.Inject;
import jakarta.interceptor.AroundInvoke;
import jakarta.interceptor.AroundTimeout;
import jakarta.interceptor.Interceptor;
import jakarta.interceptor.InvocationContext;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * Runs guarded methods under their locks. Outside {@code @Transactional}, whose priority is {@code PLATFORM_BEFORE +
 * 200}: the lock is released after the commit. For an EJB, whose transaction begins before any interceptor, the lease
 * itself waits for the commit.
 */
@Guarded({})
@Interceptor
@Priority(Interceptor.Priority.PLATFORM_BEFORE + 100)
public class GuardedInterceptor implements Serializable {

    private static final long serialVersionUID = 1L;

    private transient @Nullable BeanManager beans;
    private transient @Nullable Guarding guarding;

    /** Creates the interceptor of one bean instance. */
    public GuardedInterceptor() {}

    /**
     * Takes the container's bean manager. It is asked for again where a passivated bean comes back without.
     *
     * @param manager the bean manager
     */
    @Inject
    void use(BeanManager manager) {
        this.beans = manager;
    }

    /**
     * Runs a business or timeout method.
     *
     * @param call the call
     * @return what the method returned, or null or zero if it was skipped
     * @throws Exception what the method threw, or why it did not run
     */
    @AroundInvoke
    @AroundTimeout
    @Nullable
    Object around(InvocationContext call) throws Exception {
        BeanManager manager = beans;
        if (manager == null) {
            manager = CDI.current().getBeanManager();
            beans = manager;
        }
        Guarding known = guarding;
        if (known == null) {
            known = Guarding.ofApplication(manager);
            guarding = known;
        }
        return known.around(call, manager);
    }
}
