// SPDX-License-Identifier: Apache-2.0
package dev.guarded.arquillian.paths;

import dev.guarded.cdi.Guarded;
import jakarta.annotation.Resource;
import jakarta.ejb.AsyncResult;
import jakarta.ejb.Asynchronous;
import jakarta.ejb.SessionContext;
import jakarta.ejb.Stateless;
import jakarta.ejb.Timeout;
import jakarta.ejb.Timer;
import jakarta.ejb.TimerConfig;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import java.util.function.Supplier;

/** An EJB with container-managed transactions, guarded in every method but {@link #fails}. */
@Stateless
public class Teller {

    private static final String PATIENCE = "20s";

    @Resource
    SessionContext context;

    /** Works in the caller's transaction, or in one of its own if there is none. */
    @Guarded(value = "#{name}", timeout = PATIENCE)
    public void required(String name, Runnable work) {
        work.run();
    }

    /** Works likewise, under a lease that is soon over if it is not renewed. */
    @Guarded(value = "#{name}", timeout = PATIENCE, leaseTime = "1s")
    public void briefly(String name, Runnable work) {
        work.run();
    }

    /** Works in a transaction of its own. */
    @Guarded(value = "#{name}", timeout = PATIENCE)
    @TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
    public void requiresNew(String name, Runnable work) {
        work.run();
    }

    /** Fails in a transaction of its own, as whatever a guard may refuse, but without one. */
    @TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
    public void fails() {
        throw new IllegalStateException("on purpose");
    }

    /** Works without a transaction. */
    @Guarded(value = "#{name}", timeout = PATIENCE)
    @TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
    public void notSupported(String name, Runnable work) {
        work.run();
    }

    /** Works in another thread. */
    @Asynchronous
    @Guarded(value = "#{name}", timeout = PATIENCE)
    public Future<String> later(String name, Runnable work) {
        work.run();
        return new AsyncResult<>(name);
    }

    /** Begins work that goes on when the transaction has been committed. */
    @Guarded(value = "#{name}", timeout = PATIENCE)
    public CompletionStage<String> stage(String name, Supplier<CompletionStage<String>> work) {
        return work.get();
    }

    /** Lets a timer do the work that is {@linkplain Tasks#leave left} under that name. */
    public void soon(String name) {
        context.getTimerService().createSingleActionTimer(0, new TimerConfig(name, false));
    }

    /** Does what the timer is for. */
    @Timeout
    @Guarded(value = "#{timer.info}", timeout = PATIENCE)
    public void tick(Timer timer) {
        Tasks.take(String.valueOf(timer.getInfo())).run();
    }
}
