// SPDX-License-Identifier: Apache-2.0
package dev.guarded.cdi;

import jakarta.enterprise.context.ContextNotActiveException;
import jakarta.enterprise.context.RequestScoped;
import jakarta.enterprise.context.spi.Context;
import jakarta.enterprise.inject.spi.AfterBeanDiscovery;
import jakarta.enterprise.inject.spi.Bean;
import jakarta.enterprise.inject.spi.BeanManager;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The requests of an application: of servlets, EJB calls, timers and messages, as far as the container has a request
 * scope for them. What runs in an executor by itself has none.
 */
final class Requests {

    private volatile @Nullable BeanManager beans;
    private volatile @Nullable Bean<RequestLeases> bean;

    static void addTo(AfterBeanDiscovery event) {
        event.<RequestLeases>addBean()
                .beanClass(GuardedExtension.class)
                .id("dev.guarded.cdi.request")
                .types(RequestLeases.class)
                .scope(RequestScoped.class)
                .createWith(context -> new RequestLeases())
                .destroyWith((leases, context) -> leases.end());
    }

    @SuppressWarnings("unchecked") // by the type it was added with
    void begin(BeanManager manager) {
        bean = (Bean<RequestLeases>) manager.resolve(manager.getBeans(RequestLeases.class));
        beans = manager;
    }

    /** Returns the leases of the current thread's request, empty if none is running. */
    Optional<RequestLeases> current() {
        BeanManager manager = beans;
        Bean<RequestLeases> kept = bean;
        if (manager == null || kept == null) {
            return Optional.empty();
        }
        try {
            // Not through a client proxy: another thread may close the lease, where there is no request or another.
            Context request = manager.getContext(RequestScoped.class);
            return Optional.ofNullable(request.get(kept, manager.createCreationalContext(kept)));
        } catch (ContextNotActiveException noRequest) {
            return Optional.empty();
        }
    }
}
