// SPDX-License-Identifier: Apache-2.0
package dev.guarded.cdi;

import dev.guarded.lock.Reach;
import jakarta.enterprise.util.Nonbinding;
import jakarta.interceptor.InterceptorBinding;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Runs the methods of an EJB or CDI bean under a lease of one or several locks. On a method it replaces the one on the
 * class as a whole.
 *
 * <p>The lock surrounds the transaction: it is released when the method has returned and the transaction in which it
 * was acquired has completed. A nested guarded call on the same thread or in the same transaction joins.
 *
 * <p>A method whose type is a {@code CompletionStage} keeps the lock until the stage has completed too, at most until
 * {@code maxHold}; it waits for the lock in the calling thread, and a refusal is thrown there. If the lease is lost
 * before the stage completes normally, the stage that the caller gets fails with the loss. An {@code @Asynchronous}
 * method of an EJB waits for the lock on its own thread, and its failure is in its future.
 *
 * <p>Every attribute but the names can be overridden by configuration, the most specific key first:
 * {@code com.acme.Payouts/pay/Guarded/timeout}, {@code com.acme.Payouts/Guarded/timeout}, {@code Guarded/timeout}.
 * Durations are written as {@code 500ms}, {@code 30s}, {@code 2m}, {@code 1h} or in ISO-8601, and may be or contain
 * <code>${key}</code> or <code>${key:default}</code>, which is replaced from the configuration once, at deployment.
 */
@Documented
@Inherited
@InterceptorBinding
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
public @interface Guarded {

    /**
     * The names of the locks, at least one. They are acquired in one canonical order under one deadline, all or none.
     *
     * <p>A name is text with <code>#{…}</code>, Jakarta Expression Language over the parameters by their names or as
     * {@code p0}, {@code p1} and so on, then CDI beans by their names; and <code>${…}</code>, configuration. An
     * expression that yields null or nothing is an {@code IllegalArgumentException} before the store is asked.
     *
     * @return the names
     */
    @Nonbinding
    String[] value();

    /**
     * How far the locks exclude; not written, the adapter's default. At most one.
     *
     * @return the reach
     */
    @Nonbinding
    Reach[] reach() default {};

    /**
     * The longest wait for all locks together, or {@code UNLIMITED}; not written, the adapter's default, and zero with
     * {@link OnTimeout#SKIP}.
     *
     * @return a duration, or empty
     */
    @Nonbinding
    String timeout() default "";

    /**
     * How long a lease lasts without renewal, 100 ms to 24 h; not written, the adapter's default.
     *
     * @return a duration, or empty
     */
    @Nonbinding
    String leaseTime() default "";

    /**
     * What becomes of the call if others hold the lock.
     *
     * @return the answer to contention
     */
    @Nonbinding
    OnTimeout onTimeout() default OnTimeout.THROW;

    /**
     * How long the lock stays taken after the grant even if the method returns earlier, up to 24 h: longer than the
     * clocks of the nodes differ, for jobs that every node starts at the same tick.
     *
     * @return a duration, or empty for not at all
     */
    @Nonbinding
    String atLeastFor() default "";

    /**
     * The JNDI name of the adapter's manager, for an application with more than one adapter configuration; not written,
     * the one that {@code @Inject LockManager} gives. Locks of one name in two adapter configurations are two locks.
     * May be or contain <code>${key}</code>.
     *
     * @return a JNDI name such as {@code java:/eis/OtherLockManager}, or empty
     * @see Adapter
     */
    @Nonbinding
    String adapter() default "";
}
