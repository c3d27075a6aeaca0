// SPDX-License-Identifier: Apache-2.0
package dev.guarded.connector;

import jakarta.resource.ResourceException;
import jakarta.resource.spi.UnavailableException;
import jakarta.resource.spi.endpoint.MessageEndpoint;
import jakarta.resource.spi.endpoint.MessageEndpointFactory;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Delivers to one message-driven bean. Each delivery has an endpoint of its own, so a failed one leaves nothing behind. */
final class Endpoints {

    private static final System.Logger LOG = System.getLogger("dev.guarded.adapter");
    private static final long FIRST_PAUSE = 50;
    private static final long LONGEST_PAUSE = 1000;
    private static final int ATTEMPTS = 8;

    private final MessageEndpointFactory factory;
    private final CountDownLatch closing = new CountDownLatch(1);

    Endpoints(MessageEndpointFactory factory) {
        this.factory = factory;
    }

    /**
     * Tells the bean something, and waits until it has taken it.
     *
     * @param method the method of the listener's interface
     * @param news its argument
     * @param still asked last of all before the call: whether there is still something to tell
     * @throws DeliveryFailedException if no endpoint is to be had for some seconds, or the bean or its transaction failed
     */
    void deliver(Method method, Object news, BooleanSupplier still) throws DeliveryFailedException {
        MessageEndpoint endpoint = open();
        try {
            if (factory.isDeliveryTransacted(method)) {
                surrounded(endpoint, method, news, still);
            } else if (still.getAsBoolean()) {
                method.invoke(endpoint, news);
            }
        } catch (InvocationTargetException e) {
            throw new DeliveryFailedException(e.getCause() == null ? e : e.getCause());
        } catch (ReflectiveOperationException | ResourceException | RuntimeException | LinkageError e) {
            throw new DeliveryFailedException(e);
        } finally {
            giveBack(endpoint);
        }
    }

    /** Whatever is wrong with its giving back: the bean has been told. */
    private static void giveBack(MessageEndpoint endpoint) {
        try {
            endpoint.release();
        } catch (RuntimeException | LinkageError e) {
            LOG.log(System.Logger.Level.WARNING, "GUARDED-0432 An endpoint could not be given back to the server.", e);
        }
    }

    private static void surrounded(MessageEndpoint endpoint, Method method, Object news, BooleanSupplier still)
            throws ReflectiveOperationException, ResourceException {
        endpoint.beforeDelivery(method);
        Exception failure = null;
        try {
            if (still.getAsBoolean()) {
                method.invoke(endpoint, news);
            }
        } catch (ReflectiveOperationException | RuntimeException e) {
            failure = e;
            throw e;
        } finally {
            after(endpoint, failure);
        }
    }

    /** Ends the transaction; whoever failed before is the one to be told of. */
    private static void after(MessageEndpoint endpoint, @Nullable Exception before) throws ResourceException {
        try {
            endpoint.afterDelivery();
        } catch (ResourceException | RuntimeException e) {
            if (before == null) {
                throw e;
            }
            before.addSuppressed(e);
        }
    }

    /** Opens an endpoint; a server that has none at this moment, or not yet, is asked again. */
    private MessageEndpoint open() throws DeliveryFailedException {
        long pause = FIRST_PAUSE;
        for (int attempt = 1; ; attempt++) {
            try {
                return factory.createEndpoint(null);
            } catch (UnavailableException e) {
                if (attempt == ATTEMPTS || closed(pause)) {
                    throw new DeliveryFailedException(e);
                }
                pause = Math.min(LONGEST_PAUSE, pause * 2);
            } catch (RuntimeException | LinkageError e) {
                // A class that is gone, since the bean's application is.
                throw new DeliveryFailedException(e);
            }
        }
    }

    private boolean closed(long millis) {
        try {
            return closing.await(millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    /** From now on an endpoint is asked for once only. */
    void close() {
        closing.countDown();
    }

    @Override
    public String toString() {
        return factory.getActivationName();
    }
}
