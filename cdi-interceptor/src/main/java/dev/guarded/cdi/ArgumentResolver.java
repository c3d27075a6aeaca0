// SPDX-License-Identifier: Apache-2.0
package dev.guarded.cdi;

import jakarta.el.ELContext;
import org.jspecify.annotations.Nullable;

/** Reads the arguments of a call by what their parameters are called. */
final class ArgumentResolver extends ReadOnlyResolver {

    private final Parameters parameters;

    ArgumentResolver(Parameters parameters) {
        this.parameters = parameters;
    }

    @Override
    public @Nullable Object getValue(ELContext context, @Nullable Object base, @Nullable Object property) {
        int index = base == null && property instanceof String word ? parameters.indexOf(word) : -1;
        if (index < 0) {
            return null;
        }
        context.setPropertyResolved(true);
        return ((Object[]) context.getContext(Object[].class))[index];
    }
}
