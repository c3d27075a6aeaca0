// SPDX-License-Identifier: Apache-2.0
package dev.guarded.cdi;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * A method of a bean, as messages name it.
 *
 * @param type the bean's class, not a container's subclass of it
 * @param method the method, which a superclass may declare
 */
record Place(Class<?> type, Method method) {

    /** Returns the place of a method of a bean whose class may be a container's subclass. */
    static Place of(Class<?> target, Method method) {
        Class<?> type = target;
        while (generated(type) && type.getSuperclass() != null && type.getSuperclass() != Object.class) {
            type = type.getSuperclass();
        }
        return new Place(type, method);
    }

    /** Weld and OpenWebBeans name what they generate with two dollar signs; no compiler does. */
    private static boolean generated(Class<?> type) {
        return type.getName().contains("$$") || type.isSynthetic() || type.isHidden();
    }

    /** Tells whether the bean's class has another method in its place, so that no call comes to this one. */
    boolean overridden() {
        for (Class<?> each = type; each != null && each != method.getDeclaringClass(); each = each.getSuperclass()) {
            if (Arrays.stream(each.getDeclaredMethods()).anyMatch(this::isOverriddenBy)) {
                return true;
            }
        }
        return false;
    }

    private boolean isOverriddenBy(Method other) {
        return other.getName().equals(method.getName())
                && Arrays.equals(other.getParameterTypes(), method.getParameterTypes());
    }

    @Override
    public String toString() {
        String parameters = Arrays.stream(method.getParameterTypes())
                .map(Class::getSimpleName)
                .collect(Collectors.joining(", ", "(", ")"));
        return type.getName() + "." + method.getName() + parameters;
    }
}
