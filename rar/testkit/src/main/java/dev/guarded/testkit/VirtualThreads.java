// SPDX-License-Identifier: Apache-2.0
package dev.guarded.testkit;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.concurrent.ThreadFactory;

/** Virtual threads, for tests that are compiled for a Java without them and run on one with them. */
public final class VirtualThreads {

    /** The JUnit tag of tests and contracts that are to be tried on virtual threads. */
    public static final String TAG = "virtual-threads";

    private VirtualThreads() {}

    /**
     * Returns where virtual threads come from.
     *
     * @throws IllegalStateException if this JVM has none
     */
    public static ThreadFactory factory() {
        try {
            Class<?> builder = Class.forName("java.lang.Thread$Builder");
            Class<?> virtual = Class.forName("java.lang.Thread$Builder$OfVirtual");
            MethodHandles.Lookup lookup = MethodHandles.publicLookup();
            MethodHandle ofVirtual = lookup.findStatic(Thread.class, "ofVirtual", MethodType.methodType(virtual));
            MethodHandle factory = lookup.findVirtual(builder, "factory", MethodType.methodType(ThreadFactory.class));
            return (ThreadFactory) factory.invoke(ofVirtual.invoke());
        } catch (Throwable e) {
            throw missing(e);
        }
    }

    /** Tells whether a thread is virtual; on a JVM without virtual threads none is. */
    public static boolean isVirtual(Thread thread) {
        try {
            return (boolean) MethodHandles.publicLookup()
                    .findVirtual(Thread.class, "isVirtual", MethodType.methodType(boolean.class))
                    .invoke(thread);
        } catch (NoSuchMethodException before21) {
            return false;
        } catch (Throwable e) {
            throw missing(e);
        }
    }

    private static IllegalStateException missing(Throwable cause) {
        return new IllegalStateException("No virtual threads on Java " + Runtime.version() + ": " + cause, cause);
    }
}
