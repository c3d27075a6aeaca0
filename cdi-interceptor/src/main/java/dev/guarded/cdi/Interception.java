// SPDX-License-Identifier: Apache-2.0
package dev.guarded.cdi;

import jakarta.enterprise.inject.spi.AnnotatedMethod;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;

/** Knows which methods a container intercepts, and which it calls past every interceptor without a word. */
final class Interception {

    private static final Set<String> LIFECYCLE = Set.of(
            "jakarta.annotation.PostConstruct",
            "jakarta.annotation.PreDestroy",
            "jakarta.ejb.PostActivate",
            "jakarta.ejb.PrePassivate",
            "jakarta.inject.Inject",
            "jakarta.interceptor.AroundInvoke",
            "jakarta.interceptor.AroundTimeout");

    /** Those whose method is intercepted on the thread on which it runs, and waited for there. */
    private static final Set<String> ASYNCHRONOUS =
            Set.of("jakarta.ejb.Asynchronous", "jakarta.enterprise.concurrent.Asynchronous");

    private static final System.Logger LOG = System.getLogger("dev.guarded.lock");

    /** Both the CDI container and the servlet container may come to a class. */
    private static final ClassValue<AtomicBoolean> TOLD = new ClassValue<>() {
        @Override
        protected AtomicBoolean computeValue(Class<?> type) {
            return new AtomicBoolean();
        }
    };

    private Interception() {}

    /** Warns, once, of a class whose methods are never intercepted; false if there is nothing to warn of. */
    static boolean warned(Class<?> type) {
        Optional<String> obstacle = obstacle(type);
        if (obstacle.isPresent() && TOLD.get(type).compareAndSet(false, true)) {
            warn(type.getName(), obstacle.get());
        }
        return obstacle.isPresent();
    }

    static void warn(String where, String why) {
        LOG.log(System.Logger.Level.WARNING, "GUARDED-0514 @Guarded on " + where + " has no effect: " + why + ".");
    }

    /** Tells whether the container intercepts the method; a bridge leads to one that it does intercept. */
    static boolean possible(AnnotatedMethod<?> method) {
        return !method.getJavaMember().isSynthetic() && obstacle(method).isEmpty();
    }

    /** Tells whether a method that only its class guards was meant, and is missed: who looks for a final one? */
    static boolean missed(AnnotatedMethod<?> method) {
        int modifiers = method.getJavaMember().getModifiers();
        return Modifier.isFinal(modifiers) && !Modifier.isPrivate(modifiers) && !Modifier.isStatic(modifiers);
    }

    /** Returns why a method that is annotated itself runs without its lock. */
    static Optional<String> obstacle(AnnotatedMethod<?> method) {
        int modifiers = method.getJavaMember().getModifiers();
        if (Modifier.isPrivate(modifiers)) {
            return Optional.of("it is private; make it public and call it from another bean");
        }
        if (Modifier.isStatic(modifiers)) {
            return Optional.of("it is static; make it an instance method of a bean");
        }
        if (Modifier.isFinal(modifiers)) {
            return Optional.of("it is final; remove the word");
        }
        return method.getAnnotations().stream()
                .map(annotation -> annotation.annotationType().getName())
                .filter(LIFECYCLE::contains)
                .findFirst()
                .map(name -> "containers do not intercept methods with @" + name.substring(name.lastIndexOf('.') + 1)
                        + "; move the work to a business method of another bean");
    }

    /** Returns why no method of a class is intercepted. */
    static Optional<String> obstacle(Class<?> type) {
        if (type.isInterface()) {
            return Optional.of("it is an interface, and containers look at the bean's class only; write it there");
        }
        for (Class<?> each = type; each != null; each = each.getSuperclass()) {
            if (each.getName().startsWith("jakarta.servlet.") || implementsServlet(each)) {
                return Optional.of(
                        "containers do not intercept servlets, filters and listeners; move the work to a bean");
            }
        }
        return Optional.empty();
    }

    private static boolean implementsServlet(Class<?> type) {
        for (Class<?> each : type.getInterfaces()) {
            if (each.getName().startsWith("jakarta.servlet.") || implementsServlet(each)) {
                return true;
            }
        }
        return false;
    }

    /** Returns what is likely to surprise, though the lock is taken as written. */
    static Optional<String> surprise(AnnotatedMethod<?> method, GuardedMethod guarded) {
        Method member = method.getJavaMember();
        if (Future.class.isAssignableFrom(member.getReturnType())
                && !guarded.returnsStage()
                && ASYNCHRONOUS.stream().noneMatch(name -> has(method, name))) {
            return Optional.of("GUARDED-0515 " + guarded.place() + " returns a future: the lock is released when the"
                    + " method returns, not when the future is done. Return a CompletionStage for that.");
        }
        if (guarded.onTimeout() == OnTimeout.SKIP
                && isTimer(method)
                && guarded.settings().flatMap(settings -> settings.atLeastFor()).isEmpty()) {
            return Optional.of("GUARDED-0516 " + guarded.place() + " is a timer with SKIP and without atLeastFor: a"
                    + " job shorter than the clocks of the nodes differ runs more than once. Write atLeastFor, such as"
                    + " \"1m\".");
        }
        return Optional.empty();
    }

    private static boolean isTimer(AnnotatedMethod<?> method) {
        return has(method, "jakarta.ejb.Schedule")
                || has(method, "jakarta.ejb.Schedules")
                || has(method, "jakarta.ejb.Timeout");
    }

    /** Tells whether an annotation is on the method or, as it may be with some, on its class. */
    private static boolean has(AnnotatedMethod<?> method, String name) {
        return Stream.concat(method.getAnnotations().stream(), method.getDeclaringType().getAnnotations().stream())
                .anyMatch(annotation -> annotation.annotationType().getName().equals(name));
    }
}
