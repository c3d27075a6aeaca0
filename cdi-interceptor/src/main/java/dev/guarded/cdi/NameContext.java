// SPDX-License-Identifier: Apache-2.0
package dev.guarded.cdi;

import jakarta.el.ELContext;
import jakarta.el.ELResolver;
import jakarta.el.FunctionMapper;
import jakarta.el.VariableMapper;
import jakarta.enterprise.inject.spi.BeanManager;
import org.jspecify.annotations.Nullable;

/** What one evaluation of one expression works with: one call's arguments. */
final class NameContext extends ELContext {

    private final ELResolver resolver;

    NameContext(ELResolver resolver, @Nullable Object[] arguments, BeanManager beans, NamedBeans.Created created) {
        this.resolver = resolver;
        putContext(Object[].class, arguments);
        putContext(BeanManager.class, beans);
        putContext(NamedBeans.Created.class, created);
    }

    @Override
    public ELResolver getELResolver() {
        return resolver;
    }

    @Override
    public @Nullable FunctionMapper getFunctionMapper() {
        return null;
    }

    @Override
    public @Nullable VariableMapper getVariableMapper() {
        return null;
    }
}
