// SPDX-License-Identifier: Apache-2.0
package dev.guarded.testkit.contract;

import dev.guarded.testkit.VirtualThreads;
import java.lang.reflect.Method;
import java.util.Set;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;

/** Runs a test on the kind of thread that its tags ask for. */
final class ThreadsOfTest implements InvocationInterceptor {

    static ThreadFactory of(Set<String> tags) {
        return tags.contains(VirtualThreads.TAG) ? VirtualThreads.factory() : Thread::new;
    }

    @Override
    public void interceptTestMethod(
            Invocation<Void> invocation, ReflectiveInvocationContext<Method> method, ExtensionContext context)
            throws Throwable {
        if (!context.getTags().contains(VirtualThreads.TAG)) {
            invocation.proceed();
            return;
        }
        AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
        Thread thread = of(context.getTags()).newThread(() -> {
            try {
                invocation.proceed();
            } catch (Throwable e) {
                failure.set(e);
            }
        });
        thread.start();
        try {
            thread.join();
        } catch (InterruptedException outOfTime) {
            thread.interrupt();
            throw outOfTime;
        }
        Throwable thrown = failure.get();
        if (thrown != null) {
            throw thrown;
        }
    }
}
