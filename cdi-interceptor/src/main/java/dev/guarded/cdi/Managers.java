// SPDX-License-Identifier: Apache-2.0
package dev.guarded.cdi;

import dev.guarded.lock.LockManager;
import jakarta.enterprise.inject.Default;
import jakarta.enterprise.inject.spi.Bean;
import jakarta.enterprise.inject.spi.BeanManager;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.ConcurrentHashMap;

/** Where guarded calls get their manager: from the bean that the application has made itself, otherwise from JNDI. */
final class Managers {

    private final Set<Bean<?>> beans = ConcurrentHashMap.newKeySet();
    private final ManagerLookup lookup = new ManagerLookup();
    private final Map<String, Boolean> used = new ConcurrentHashMap<>();

    /** By the class loaders of modules; empty for one that has none of its own, though another has. */
    private final Map<ClassLoader, Optional<LockManager>> own = Collections.synchronizedMap(new WeakHashMap<>());

    void add(Bean<?> bean) {
        // Ours would only lead back here.
        if (bean.getBeanClass() == GuardedExtension.class) {
            return;
        }
        if (bean.getTypes().contains(LockManager.class) && bean.getQualifiers().contains(Default.Literal.INSTANCE)) {
            beans.add(bean);
        }
    }

    /**
     * Takes note of an adapter that the application uses.
     *
     * @param jndiName its name, empty for the usual one
     * @param cluster whether it is for locks of the cluster, whatever the adapter's default
     */
    void use(String jndiName, boolean cluster) {
        used.merge(jndiName, cluster, Boolean::logicalOr);
    }

    /** Returns the adapters that the application is known to use so far, and whether for locks of the cluster. */
    Map<String, Boolean> used() {
        return Map.copyOf(used);
    }

    /** Tells whether the application has a manager of its own to inject. */
    boolean own() {
        return !beans.isEmpty();
    }

    LockManager manager(BeanManager manager) {
        if (!own()) {
            return lookup.manager();
        }
        return own.computeIfAbsent(Loaders.ofThread(), module -> ofModule(manager))
                .orElseGet(lookup::manager);
    }

    private Optional<LockManager> ofModule(BeanManager manager) {
        Set<Bean<?>> visible = OwnModule.visible(beans, module -> module.getBeans(LockManager.class));
        return visible.isEmpty()
                ? Optional.empty()
                : Optional.of(reference(manager.resolve(Set.copyOf(visible)), manager));
    }

    private static LockManager reference(Bean<?> bean, BeanManager manager) {
        return (LockManager) manager.getReference(bean, LockManager.class, manager.createCreationalContext(bean));
    }

    /** Returns the manager that the adapter has bound under one of the usual names. */
    LockManager bound() {
        use("", false);
        return lookup.manager();
    }

    /** Returns the manager that is bound under a name. */
    LockManager bound(String jndiName) {
        use(jndiName, false);
        return lookup.manager(jndiName);
    }

    /**
     * Returns the manager of that name, empty for the usual one, for a caller that belongs to no module.
     *
     * @throws IllegalStateException if there is none
     */
    LockManager seen(String jndiName, BeanManager manager) {
        return jndiName.isEmpty() && own() ? manager(manager) : lookup.seen(jndiName);
    }
}
