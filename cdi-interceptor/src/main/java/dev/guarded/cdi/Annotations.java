// SPDX-License-Identifier: Apache-2.0
package dev.guarded.cdi;

import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * Finds the annotation that applies. By reflection, since half of the containers do not tell the interceptor of an EJB
 * which binding it is called for.
 */
final class Annotations {

    private Annotations() {}

    /** Returns the annotation of the method, otherwise that of the bean's class or a superclass. */
    static Optional<Guarded> of(Place place) {
        return on(place.method())
                .or(() -> on(place.type()))
                .or(() -> on(place.method().getDeclaringClass()));
    }

    /**
     * Returns the annotation on an element, also one that a stereotype or another binding on it carries: those may carry
     * one another.
     */
    static Optional<Guarded> on(AnnotatedElement element) {
        return on(element, new HashSet<>());
    }

    private static Optional<Guarded> on(AnnotatedElement element, Set<Class<?>> seen) {
        Guarded direct = element.getAnnotation(Guarded.class);
        if (direct != null) {
            return Optional.of(direct);
        }
        for (Annotation other : element.getAnnotations()) {
            if (seen.add(other.annotationType())) {
                Optional<Guarded> carried = on(other.annotationType(), seen);
                if (carried.isPresent()) {
                    return carried;
                }
            }
        }
        return Optional.empty();
    }
}
