// SPDX-License-Identifier: Apache-2.0
package dev.guarded.cdi;

import dev.guarded.lock.Lease;
import dev.guarded.lock.LockManager;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.spi.AfterBeanDiscovery;
import jakarta.enterprise.inject.spi.InjectionPoint;

/** What an application can have injected: the current lease, and the managers. */
final class Injectables {

    private Injectables() {}

    static void addTo(AfterBeanDiscovery event, Managers managers) {
        event.<Lease>addBean()
                .beanClass(GuardedExtension.class)
                .id("dev.guarded.cdi.lease")
                .types(Lease.class)
                .scope(ApplicationScoped.class)
                .createWith(context -> Facade.current());
        event.<LockManager>addBean()
                .beanClass(GuardedExtension.class)
                .id("dev.guarded.cdi.adapter")
                .types(LockManager.class)
                .qualifiers(Adapter.Literal.of(""))
                .scope(Dependent.class)
                .produceWith(Injectables::ofAdapter);
        if (!managers.own()) {
            event.<LockManager>addBean()
                    .beanClass(GuardedExtension.class)
                    .id("dev.guarded.cdi.manager")
                    .types(LockManager.class)
                    .scope(ApplicationScoped.class)
                    .createWith(context -> Facade.of(managers));
        }
    }

    private static LockManager ofAdapter(Instance<Object> instance) {
        InjectionPoint point = instance.select(InjectionPoint.class).get();
        String jndiName = point.getQualifiers().stream()
                .filter(Adapter.class::isInstance)
                .map(qualifier -> ((Adapter) qualifier).value())
                .findFirst()
                .orElse("");
        if (jndiName.isEmpty()) {
            throw new IllegalArgumentException("GUARDED-0504 @Adapter on " + point.getMember()
                    + " names no adapter. Write a JNDI name, such as @Adapter(\"java:/eis/OtherLockManager\").");
        }
        return Facade.ofAdapter(jndiName);
    }
}
