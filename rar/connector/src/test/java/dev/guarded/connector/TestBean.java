// SPDX-License-Identifier: Apache-2.0
package dev.guarded.connector;

import jakarta.resource.ResourceException;
import jakarta.resource.spi.RetryableUnavailableException;
import jakarta.resource.spi.UnavailableException;
import jakarta.resource.spi.endpoint.MessageEndpoint;
import jakarta.resource.spi.endpoint.MessageEndpointFactory;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import javax.transaction.xa.XAResource;

/** A message-driven bean in its container: notes what is done to its endpoints, and hands the calls to a listener. */
final class TestBean<T> implements MessageEndpointFactory {

    final BlockingQueue<String> trace = new LinkedBlockingQueue<>();
    final AtomicInteger unavailable = new AtomicInteger();
    /** Has the next endpoint fail as when its application is half gone. */
    final AtomicBoolean classesGone = new AtomicBoolean();

    final AtomicInteger failingCommits = new AtomicInteger();
    final AtomicInteger failingReleases = new AtomicInteger();
    final AtomicInteger open = new AtomicInteger();
    private final String name;
    private final Class<T> type;
    private final T listener;
    private volatile boolean transacted;

    TestBean(String name, Class<T> type, T listener) {
        this.name = name;
        this.type = type;
        this.listener = listener;
    }

    TestBean<T> transacted() {
        transacted = true;
        return this;
    }

    String next() throws InterruptedException {
        return trace.poll(10, TimeUnit.SECONDS);
    }

    @Override
    public MessageEndpoint createEndpoint(XAResource resource) throws UnavailableException {
        if (classesGone.getAndSet(false)) {
            throw new NoClassDefFoundError("the bean's");
        }
        if (unavailable.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
            throw new RetryableUnavailableException("not yet");
        }
        open.incrementAndGet();
        return (MessageEndpoint) Proxy.newProxyInstance(
                TestBean.class.getClassLoader(),
                new Class<?>[] {MessageEndpoint.class, type},
                (proxy, method, args) -> call(method, args));
    }

    private Object call(Method method, Object[] args) throws Throwable {
        switch (method.getName()) {
            case "beforeDelivery" -> trace.add("before " + ((Method) args[0]).getName());
            case "afterDelivery" -> {
                trace.add("after");
                if (failingCommits.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
                    throw new ResourceException("rolled back");
                }
            }
            case "release" -> {
                trace.add("release");
                open.decrementAndGet();
                if (failingReleases.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
                    throw new IllegalStateException("not given back");
                }
            }
            default -> {
                trace.add(method.getName());
                try {
                    return method.invoke(listener, args);
                } catch (InvocationTargetException e) {
                    throw e.getCause();
                }
            }
        }
        return null;
    }

    @Override
    public MessageEndpoint createEndpoint(XAResource resource, long timeout) throws UnavailableException {
        return createEndpoint(resource);
    }

    @Override
    public boolean isDeliveryTransacted(Method method) {
        return transacted;
    }

    @Override
    public String getActivationName() {
        return name;
    }

    @Override
    public Class<?> getEndpointClass() {
        return listener.getClass();
    }
}
