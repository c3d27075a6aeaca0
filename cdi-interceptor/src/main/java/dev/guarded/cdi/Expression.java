// SPDX-License-Identifier: Apache-2.0
package dev.guarded.cdi;

import jakarta.el.ELResolver;
import jakarta.el.ValueExpression;
import jakarta.enterprise.inject.spi.BeanManager;
import org.jspecify.annotations.Nullable;

/**
 * One <code>#{…}</code> of a name, evaluated alone: within a composite expression null would become nothing, and all
 * calls with a null would share one lock.
 *
 * @param source what stands between the brackets
 * @param parsed the same, parsed
 * @param resolver what its words can mean
 * @param place where it stands
 */
record Expression(String source, ValueExpression parsed, ELResolver resolver, Place place) {

    /**
     * Evaluates the expression.
     *
     * @param arguments what the method was called with
     * @throws IllegalArgumentException if it fails, or yields nothing that can name a lock
     */
    String valueFor(@Nullable Object[] arguments, BeanManager beans) {
        NamedBeans.Created created = new NamedBeans.Created();
        try {
            return named(evaluated(new NameContext(resolver, arguments, beans, created)));
        } finally {
            created.release();
        }
    }

    private @Nullable Object evaluated(NameContext context) {
        try {
            return parsed.getValue(context);
        } catch (RuntimeException e) {
            throw new IllegalArgumentException(
                    "GUARDED-0508 " + this + " cannot be evaluated: " + e.getMessage() + ".", e);
        }
    }

    private String named(@Nullable Object value) {
        String text = value == null ? null : value.toString();
        if (value == null || text == null || text.isEmpty()) {
            throw new IllegalArgumentException("GUARDED-0506 " + this + " is " + (value == null ? "null" : "empty")
                    + ". Calls that differ would share one lock; pass a value, or check it before the call.");
        }
        NameText.whyNot(value).ifPresent(why -> {
            throw new IllegalArgumentException(
                    "GUARDED-0507 " + this + " is a " + value.getClass().getTypeName() + ", " + why);
        });
        return text;
    }

    @Override
    public String toString() {
        String word = source.split("\\W", 2)[0];
        int parameter = new Parameters(place.method()).indexOf(word);
        String of = parameter < 0 ? "" : " (of parameter '" + word + "', number " + (parameter + 1) + ")";
        return "#{" + source + "}" + of + " in the name of the lock of " + place;
    }
}
