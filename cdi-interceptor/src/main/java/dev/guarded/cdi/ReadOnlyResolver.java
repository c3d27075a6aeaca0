// SPDX-License-Identifier: Apache-2.0
package dev.guarded.cdi;

import jakarta.el.ELContext;
import jakarta.el.ELResolver;
import org.jspecify.annotations.Nullable;

/** A resolver that only reads: the name of a lock changes nothing. */
abstract class ReadOnlyResolver extends ELResolver {

    @Override
    public final @Nullable Class<?> getType(ELContext context, @Nullable Object base, @Nullable Object property) {
        return null;
    }

    @Override
    public final void setValue(
            ELContext context, @Nullable Object base, @Nullable Object property, @Nullable Object value) {
        // Left unresolved, so that the expression fails as one that sets an unknown property.
    }

    @Override
    public final boolean isReadOnly(ELContext context, @Nullable Object base, @Nullable Object property) {
        return true;
    }

    @Override
    public final Class<?> getCommonPropertyType(ELContext context, @Nullable Object base) {
        return Object.class;
    }
}
