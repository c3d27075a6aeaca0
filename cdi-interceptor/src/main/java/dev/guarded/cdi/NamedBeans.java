// SPDX-License-Identifier: Apache-2.0
package dev.guarded.cdi;

import jakarta.el.ELContext;
import jakarta.enterprise.context.spi.CreationalContext;
import jakarta.enterprise.inject.spi.Bean;
import jakarta.enterprise.inject.spi.BeanManager;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The beans with a name, of all archives of the application. Collected by the extension, because the bean manager of a
 * library in an EAR does not see the beans of its modules.
 */
final class NamedBeans extends ReadOnlyResolver {

    private final Map<String, Set<Bean<?>>> byName = new ConcurrentHashMap<>();

    /** What the evaluation of one expression created and must give back. */
    static final class Created {

        private @Nullable CreationalContext<?> context;

        CreationalContext<?> in(BeanManager beans) {
            if (context == null) {
                context = beans.createCreationalContext(null);
            }
            return context;
        }

        void release() {
            if (context != null) {
                context.release();
            }
        }
    }

    void add(Bean<?> bean) {
        if (bean.getName() != null) {
            byName.computeIfAbsent(bean.getName(), name -> ConcurrentHashMap.newKeySet())
                    .add(bean);
        }
    }

    private static Set<Bean<?>> ofModule(Set<Bean<?>> found, String name) {
        return OwnModule.visible(Set.copyOf(found), module -> module.getBeans(name));
    }

    boolean has(String name) {
        return byName.containsKey(name);
    }

    @Override
    public @Nullable Object getValue(ELContext context, @Nullable Object base, @Nullable Object property) {
        Set<Bean<?>> found = base == null && property instanceof String name ? byName.get(name) : null;
        if (found == null) {
            return null;
        }
        context.setPropertyResolved(true);
        BeanManager beans = (BeanManager) context.getContext(BeanManager.class);
        Bean<?> bean =
                found.size() == 1 ? found.iterator().next() : beans.resolve(ofModule(found, String.valueOf(property)));
        Created created = (Created) context.getContext(Created.class);
        return beans.getReference(bean, Object.class, created.in(beans));
    }
}
