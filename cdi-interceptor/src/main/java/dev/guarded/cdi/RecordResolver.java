// SPDX-License-Identifier: Apache-2.0
package dev.guarded.cdi;

import jakarta.el.ELContext;
import jakarta.el.ELException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import org.jspecify.annotations.Nullable;

/** Reads the components of records, which the Expression Language learned after Jakarta EE 10. */
final class RecordResolver extends ReadOnlyResolver {

    @Override
    public @Nullable Object getValue(ELContext context, @Nullable Object base, @Nullable Object property) {
        if (base instanceof Record) {
            for (RecordComponent component : base.getClass().getRecordComponents()) {
                if (component.getName().equals(property)) {
                    context.setPropertyResolved(base, property);
                    return read(base, component.getAccessor());
                }
            }
        }
        return null;
    }

    private static @Nullable Object read(Object base, Method accessor) {
        try {
            // The accessor is public, but the record need not be.
            accessor.trySetAccessible();
            return accessor.invoke(base);
        } catch (InvocationTargetException e) {
            throw new ELException(accessor + " failed: " + e.getCause(), e.getCause());
        } catch (IllegalAccessException e) {
            throw new ELException(accessor + " cannot be reached; open its package or make the record public", e);
        }
    }
}
